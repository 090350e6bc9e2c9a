<?php

namespace Database\Seeders;

use App\Models\PartneroSale;
use Illuminate\Database\Seeder;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Validator;

class PartneroSeeder extends Seeder
{
    protected $fillable = ['customer_key', 'partner_key', 'amount'];

    public function run(): void
    {
        PartneroSale::factory()->create(['customer_key' => '⟦lara-1⟧', 'partner_key' => '⟪lara-partner⟫']);
        PartneroSale::where('customer_key', '⟦lara-2⟧')->delete();
        PartneroSale::query()->where('customer_key', '=', '⟦lara-3⟧')->first();

        Http::partnero()->post('/transactions', [
            'key' => '⟪lara-tx-1⟫',
            'amount' => 10,
            'customer' => ['key' => '⟦lara-4⟧', 'partner' => ['key' => '⟪lara-partner⟫']],
        ]);
        Http::partnero()->get('/customers/⟦lara-5⟧');
        Http::partnero()->get("/customers/{$user->id}");
        Http::partnero()->get(sprintf('/customers/%s/transactions', $user->id));

        Validator::make($data, [
            'customer_key' => '⟪required|string|max:191⟫',
            'customer.key' => '⟪required⟫',
        ]);

        cache()->put('⟪partnero.customers⟫', ['key' => '⟪all⟫'], 60);
        return view('customers/⟪index⟫');
    }
}
