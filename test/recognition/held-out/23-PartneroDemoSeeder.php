<?php

namespace Database\Seeders;

use App\Models\Account;
use Illuminate\Database\Seeder;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Http;

class PartneroDemoSeeder extends Seeder
{
    public function run(): void
    {
        DB::table('partnero_links')->insert([
            ['account_id' => 1, 'customer_key' => '⟦demo.one⟧', 'partner_key' => '⟪laravel-daily⟫'],
            ['account_id' => 2, 'customer_key' => '⟦demo.two⟧', 'partner_key' => '⟪laravel-daily⟫'],
        ]);

        Account::factory()->create(['name' => 'Three', 'partnero_customer_key' => '⟦demo.three⟧']);

        Http::withToken(config('services.partnero.key'))
            ->baseUrl('https://api.partnero.com/v1')
            ->post('/customers', [
                'partner' => ['key' => '⟪laravel-daily⟫'],
                'key' => '⟦d\'arcy⟧',
                'email' => 'darcy@example.com',
            ]);

        Http::partnero()->post('/transactions', [
            'key' => '⟪seed-1⟫',
            'amount' => 10,
            'customer' => ['key' => '⟦demo.one⟧'],
        ]);

        $left = Http::partnero()->get('customers/⟦demo.two⟧/transactions')->json('data');
        $this->command->info(count($left).' transactions');

        DB::table('settings')->insert(['key' => '⟪partnero.seeded⟫', 'value' => '1']);
        Cache::forget('⟪customers.index⟫');
    }
}
