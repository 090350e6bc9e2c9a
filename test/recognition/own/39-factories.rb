FactoryBot.define do
  factory :partnero_sale do
    customer_key { '⟦fb-1⟧' }
    transaction_key { '⟪fb-tx-1⟫' }
  end
end

RSpec.describe PartneroSale do
  let(:customer_key) { '⟦fb-2⟧' }
  let(:partner_key) { '⟪fb-partner⟫' }
  let(:customer) { { key: '⟦fb-3⟧', email: 'fb3@example.com' } }

  it 'asks' do
    create(:partnero_sale, customer_key: '⟦fb-4⟧')
    expect(sale.customer_key).to eq('⟦fb-4⟧')
    expect(I18n.t('customers.key', key: '⟪title⟫')).to be_present
    client.transaction(key: '⟪fb-tx-2⟫', amount: 1, customer: { key: '⟦fb-5⟧' })
    visit "/customers/#{user.id}"
    stub_request(:get, "https://api.partnero.com/v1/customers/⟦fb-6⟧").to_return(status: 404)
  end
end
