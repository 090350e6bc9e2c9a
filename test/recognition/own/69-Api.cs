namespace Shop.Partnero;

public sealed record CustomerRef(string Key, string? Email = null);
public sealed record Sale(string Key, decimal Amount, CustomerRef Customer);

public class ApiTests
{
    [Theory]
    [InlineData("⟪en⟫")]
    public async Task Books(string culture)
    {
        var sale = new Sale(Key: "⟪cs-tx-1⟫", Amount: 3m, Customer: new CustomerRef(Key: "⟦cs-1⟧"));
        var other = sale with { Customer = new CustomerRef("cs-pos") { Key = "⟦cs-2⟧" } };
        Assert.Equal("⟦cs-1⟧", sale.Customer.Key);
        await client.GetAsync("https://api.partnero.com/v1/customers/⟦cs-3⟧");
        await client.GetAsync($"{Base}/customers/{sale.Customer.Key}");
        await client.GetAsync($"{Base}/customers/⟦cs-4⟧/transactions");
        var json = """{ "customer": { "key": "⟦cs-5⟧" }, "key": "⟪cs-tx-2⟫" }""";
        var customerKey = config["Partnero:CustomerKey"] ?? "⟦cs-6⟧";
        cache.Set("⟪partnero:customers⟫", json);
        var dict = new Dictionary<string, string> { { "customer_key", "⟦cs-7⟧" }, { "partner_key", "⟪cs-partner⟫" } };
    }
}
