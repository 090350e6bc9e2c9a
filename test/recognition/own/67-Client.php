<?php

use Partnero\Partnero;
use Partnero\Models\{Customer, Transaction};

final class Client
{
    private const CUSTOMER_KEY = '⟦php-1⟧';
    private const PARTNER_KEY = '⟪php-partner⟫';

    public function demo(Partnero $partnero): void
    {
        $customer = new Customer();
        $customer->setKey('⟦php-2⟧')->setEmail('p2@example.com');
        $transaction = new Transaction();
        $transaction->setKey('⟪php-tx-1⟫');
        $partnero->transactions()->create($transaction, $customer);

        $this->partnero->customers()->find('⟦php-3⟧');
        $this->partnero
            ->customers()
            ->delete('⟦php-4⟧');
        $this->partnero->customers()->find($this->customerKey);
        $this->stripe->customers->retrieve('⟪cus_php⟫');

        $payload = json_encode(['customer' => ['key' => "⟦php-5⟧"], 'key' => '⟪php-tx-2⟫', 'amount' => 1]);
        $body['customer']['key'] = '⟦php-6⟧';
        $body['key'] = '⟪php-tx-3⟫';
        define('PARTNERO_CUSTOMER_KEY', '⟦php-7⟧');
        $url = 'https://api.partnero.com/v1/customers/' . urlencode('⟦php 8⟧');
        $url = "https://api.partnero.com/v1/customers/{$customer->getKey()}/transactions";
        Cache::remember('⟪partnero.customer⟫', 60, fn () => null);
        return;
    }
}
