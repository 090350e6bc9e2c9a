<?php
$partnero = new Partnero\Partnero($token);
$partnero->customers()->find('⟦type-1⟧');
$partnero->customers()->update('⟦type-2⟧', [
    'name' => 'X',
$payload = [
    'customer' => ['key' => '⟦type-3⟧',
    'amount' => 3
];
$partnero->transactions()->delete('⟪type-tx⟫');
$customer_key = '⟦type-4⟧
