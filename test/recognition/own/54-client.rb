# frozen_string_literal: true

module Partnero
  class Client
    BASE = 'https://api.partnero.com/v1'
    DEMO_CUSTOMER_KEY = '⟦rb-demo⟧'

    def customer(key)
      get("/customers/#{CGI.escape(key)}")
    end

    def demo
      get '/customers/⟦rb-1⟧'
      get "/customers/#{DEMO_CUSTOMER_KEY}/transactions"
      post '/transactions', key: '⟪rb-tx-1⟫', amount: 3, customer: { key: '⟦rb-2⟧' }
      post '/customers', partner: { key: '⟪rb-partner⟫' }, key: '⟦rb-3⟧', email: 'rb3@example.com'
      delete '/partners/⟪rb-partner⟫'
    end

    def self.seed
      %w[a b].each { |n| new.customer(n) }
      sale = Sale.find_by(customer_key: '⟦rb-4⟧')
      sale.update!(customer_key: "⟦rb-5⟧", transaction_key: "⟪rb-tx-2⟫")
      redirect_to "/customers/⟪thanks⟫"
      Rails.cache.fetch('⟪partnero/customers/all⟫') { [] }
      order.customer.key = '⟦rb-6⟧'
      order.partner.key = '⟪rb-partner⟫'
    end
  end
end
