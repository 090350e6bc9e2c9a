%% Tells Partnero about sales.
-module(partnero_mailbox).
-define(CUSTOMER_KEY, <<"⟦erl-1⟧">>).

sale() ->
    jsx:encode(#{<<"key">> => <<"⟪erl-tx-1⟫">>, <<"amount">> => 3,
                 <<"customer">> => #{<<"key">> => <<"⟦erl-2⟧">>}}).

ask(Id) ->
    hackney:get(["https://api.partnero.com/v1/customers/", Id]).

demo() ->
    hackney:get("https://api.partnero.com/v1/customers/⟦erl-3⟧"),
    ets:insert(cache, {key, <<"⟪erl-cache⟫">>}).
