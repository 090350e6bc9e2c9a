using System.Net.Http.Json;

namespace Acme.Referrals;

public sealed class PartneroGateway(HttpClient http)
{
    // services.AddHttpClient<PartneroGateway>(c => c.BaseAddress = new("https://api.partnero.com/v1/"));
    private const string CacheKey = "⟪partnero-customers⟫";

    public Task<HttpResponseMessage> GetAsync(string key) =>
        http.GetAsync($"customers/{Uri.EscapeDataString(key)}");

    public async Task SmokeAsync()
    {
        using var reply = await http.GetAsync("customers/⟦A%2F2207⟧/transactions?limit=5");
        reply.EnsureSuccessStatusCode();

        await http.PostAsJsonAsync("transactions", new
        {
            key = "⟪cs-smoke-1⟫",
            amount = 1.25m,
            customer = new { key = "⟦A/2207⟧", partner = new { key = "⟪dotnet-cafe⟫" } },
        });

        var refund = new RefundRequest { CustomerKey = "⟦A/2208⟧", TransactionKey = "⟪cs-smoke-0⟫" };
        await http.PostAsJsonAsync("https://billing.example.com/refunds", refund);
        Console.WriteLine(Resources.ResourceManager.GetString("⟪Customer_Done⟫"));
    }
}
