# Copies yesterday's invoices to Partnero.
param(
    [string]$CustomerKey = '⟦ps-default⟧',
    [string]$PartnerKey = '⟪ps-partner⟫'
)

$base = 'https://api.partnero.com/v1'
$headers = @{ Authorization = "Bearer $env:PARTNERO_API_KEY" }

Invoke-RestMethod "$base/customers/⟦ps-0001⟧" -Headers $headers
Invoke-RestMethod "$base/customers/$CustomerKey/transactions" -Headers $headers

$body = @{
    key      = '⟪ps-inv-1⟫'
    amount   = 12.5
    customer = @{ key = '⟦ps-0002⟧' }
} | ConvertTo-Json
Invoke-RestMethod "$base/transactions" -Method Post -Body $body -Headers $headers

$new = @{ partner = @{ key = '⟪ps-partner⟫' }; key = '⟦ps-0003⟧'; email = 'ps3@example.com' }
Invoke-RestMethod "$base/customers" -Method Post -Body ($new | ConvertTo-Json) -Headers $headers

.\Send-Sale.ps1 -CustomerKey ⟦ps-0004⟧ -Amount 3
Set-ItemProperty -Path 'HKCU:\Software\Shop' -Name key -Value '⟪last-run⟫'
