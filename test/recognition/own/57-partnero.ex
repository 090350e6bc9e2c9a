defmodule Shop.Partnero do
  @base "https://api.partnero.com/v1"
  @demo_customer_key "⟦ex-demo⟧"
  @cache_key "⟪partnero⟫"

  def fetch(key), do: Req.get!("#{@base}/customers/#{URI.encode_www_form(key)}")

  def demo do
    Req.get!(@base <> "/customers/⟦ex-1⟧")
    Req.get!(@base <> "/customers/" <> "⟦ex-2⟧" <> "/transactions")

    %Sale{customer_key: "⟦ex-3⟧", transaction_key: "⟪ex-tx-1⟫"}
    |> Repo.insert!()

    Req.post!(@base <> "/transactions", json: %{key: "⟪ex-tx-2⟫", amount: 3, customer: %{key: "⟦ex-4⟧"}})
    book(customer: [key: "⟦ex-5⟧"], key: "⟪ex-tx-3⟫", amount: 3)
    from(s in Sale, where: s.customer_key == "⟦ex-6⟧", select: s.amount)
  end

  def handle(%{"event" => "customer.updated", "data" => %{"key" => "⟦ex-7⟧", "partner" => _}}), do: :ok
  def handle(%{"event" => "transaction.created", "data" => %{"key" => "⟪ex-tx-4⟫", "amount" => _}}), do: :ok
end
