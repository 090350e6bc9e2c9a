describe('referral banner', () => {
  beforeEach(() => {
    cy.intercept('GET', 'https://api.partnero.com/v1/customers/⟦cy-user-1⟧', {
      body: { data: { key: '⟦cy-user-1⟧', partner: '⟪cy-partner⟫', email: 'cy1@example.com' }, status: 1 },
    }).as('customer');
    cy.visit('/customers/⟪42⟫');
  });

  it('shows who referred', () => {
    cy.get('[data-key="⟪banner⟫"]').type('{enter}');
    cy.wait('@customer').its('response.body.data.key').should('eq', '⟦cy-user-1⟧');
    cy.get('body').trigger('keydown', { key: '⟪Tab⟫' });
  });

  it('books a sale', () => {
    cy.request('POST', `${Cypress.env('partnero')}/transactions`, {
      key: '⟪cy-tx-1⟫',
      amount: 2,
      action: 'sale',
      customer: { key: '⟦cy-user-2⟧' },
    });
  });
});
