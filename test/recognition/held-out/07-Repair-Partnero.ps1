#Requires -Version 7
<#
.SYNOPSIS
  Repairs customers in Partnero after the tenant merge.
.EXAMPLE
  ./Repair-Partnero.ps1 -CustomerKey ⟦tenant-0042⟧ -PartnerKey ⟪north-it⟫
#>
param(
    [Parameter(Mandatory)] [string] $CustomerKey,
    [string] $PartnerKey
)

$base = 'https://api.partnero.com/v1'
$headers = @{ Authorization = "Bearer $env:PARTNERO_API_KEY"; Accept = 'application/json' }

$current = Invoke-RestMethod -Uri "$base/customers/$CustomerKey" -Headers $headers
Write-Verbose "partner is $($current.data.partner)"

# The tenant everything was merged into
Invoke-RestMethod -Uri "$base/customers/⟦tenant-0001⟧" -Headers $headers | Out-Null

$body = @{
    key      = '⟪merge-2024-01⟫'
    amount   = 0.01
    customer = @{ key = '⟦tenant-0001⟧'; partner = @{ key = '⟪north-it⟫' } }
} | ConvertTo-Json -Depth 4
Invoke-RestMethod -Method Post -Uri "$base/transactions" -Headers $headers -Body $body -ContentType 'application/json'

$create = @{
    partner = @{ key = '⟪north-it⟫' }
    key     = "⟦tenant-0100⟧"
    email   = 'admin@tenant100.example'
}
Invoke-RestMethod -Method Post -Uri "$base/customers" -Headers $headers -Body ($create | ConvertTo-Json)

$registry = Get-ItemProperty -Path 'HKLM:\Software\Acme\Customers\⟪Default⟫'
Invoke-RestMethod -Method Delete -Uri 'https://api.partnero.com/v1/customers/⟦tenant-0043⟧' -Headers $headers
Get-Content "./customers/⟪merged.csv⟫" | Measure-Object
