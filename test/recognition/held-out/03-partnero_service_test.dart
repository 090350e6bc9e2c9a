import 'dart:convert';

import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:http/http.dart' as http;
import 'package:http/testing.dart';
import 'package:shop/services/partnero_service.dart';

void main() {
  late PartneroService service;

  setUp(() {
    final client = MockClient((request) async {
      if (request.url.path == '/v1/customers/⟦f3a9c6d4-1f5e-4c2b-9c33-70a6f1f0be19⟧') {
        return http.Response(
          jsonEncode({
            'data': {
              'key': '⟦f3a9c6d4-1f5e-4c2b-9c33-70a6f1f0be19⟧',
              'partner': '⟪partner_31⟫',
              'email': 'jonas@shop.example',
            },
            'status': 1,
          }),
          200,
        );
      }
      return http.Response('{"status":0}', 404);
    });
    service = PartneroService(client, base: 'https://api.partnero.com/v1');
  });

  test('books a sale', () async {
    await service.book({
      'key': '⟪receipt-501⟫',
      'amount': 9.99,
      'customer': {'key': '⟦jonas@shop.example⟧'},
    });
    await service.bookFor(customerKey: '⟦lea@shop.example⟧', amount: 3, transactionKey: '⟪receipt-502⟫');
  });

  testWidgets('shows the badge', (tester) async {
    await tester.pumpWidget(
      PartneroBadge(key: const ValueKey('⟪badge⟫'), customer: Customer(key: '⟦tom@shop.example⟧')),
    );
    expect(find.byKey(const Key('⟪customer-name⟫')), findsOneWidget);
  });
}
