<?php

namespace App\Services;

class Attribution
{
    public const TEST_CUSTOMER_KEY = '⟦at-1⟧';

    public function rules(): array
    {
        return [
            'customer_key' => ['required', 'string'],
            'partner.key' => '⟪required⟫',
        ];
    }

    public function demo(): void
    {
        $this->http->withToken(config('services.partnero.key'))
            ->get('https://api.partnero.com/v1/customers/⟦at-2⟧');
        $response = Http::partnero()->post('customers', [
            'partner' => ['key' => '⟪at-partner⟫'],
            'key' => '⟦at-3⟧',
            'email' => 'at3@example.com',
        ]);
        $sale = new Sale(customerKey: '⟦at-4⟧', key: '⟪at-tx-1⟫', amount: 3);
        $sale->customer_key = '⟦at-5⟧';
        $sale->partner_key = '⟪at-partner⟫';
        $sale->setCustomerKey('⟦at-6⟧');
        $this->assertDatabaseHas('sales', ['customer_key' => '⟦at-7⟧', 'amount' => 3]);
        $this->assertSame('⟦at-8⟧', $sale->customer_key);
        Log::info('partnero', ['key' => '⟪at-log⟫', 'customer' => 'x']);
        $this->redirect('/customers/⟪done⟫');
        $this->get('https://shop.test/customers/⟪5⟫');
        $intent = $stripe->paymentIntents->create(['amount' => 5, 'currency' => 'eur', 'customer' => '⟪cus_at⟫']);
    }
}
