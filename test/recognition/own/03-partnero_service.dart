import 'dart:convert';
import 'package:http/http.dart' as http;

const partneroBase = 'https://api.partnero.com/v1';
const kStorageKey = '⟪partnero_prefs⟫';

class PartneroService {
  PartneroService(this.client, this.token);
  final http.Client client;
  final String token;

  Future<http.Response> demo() {
    return client.post(
      Uri.parse('$partneroBase/transactions'),
      body: jsonEncode({
        'key': '⟪dart-tx-5⟫',
        'amount': 5,
        'customer': {'key': '⟦dart-user-5⟧'},
      }),
    );
  }

  Future<http.Response> lookup(String id) => client.get(Uri.parse('$partneroBase/customers/$id'));

  Future<http.Response> last() =>
      client.get(Uri.parse('$partneroBase/customers/⟦dart-user-6⟧/transactions'));

  Widget badge(BuildContext context) {
    return Column(
      key: const ValueKey('⟪badge-column⟫'),
      children: [
        PartneroBadge(key: const Key('⟪badge⟫'), customerKey: '⟦dart-user-7⟧'),
        PartneroBadge(key: UniqueKey(), customerKey: currentUser.id),
      ],
    );
  }
}
