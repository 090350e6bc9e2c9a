Feature: Partnero attribution
  Scenario Outline: a sale is booked
    Given the customer key "⟦feat-1⟧"
    And the partner key "⟪feat-partner⟫"
    When I GET "https://api.partnero.com/v1/customers/⟦feat-1⟧"
    Then the status is 200

    Examples:
      | customer_key | amount |
      | ⟦feat-2⟧     | 12     |
      | ⟦feat-3⟧     | 3      |
