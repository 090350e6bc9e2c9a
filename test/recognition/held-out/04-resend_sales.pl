#!/usr/bin/env perl
# Sends sales to Partnero again that the queue dropped on 3 March.
use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP qw(encode_json decode_json);

my $base = 'https://api.partnero.com/v1';
my $http = HTTP::Tiny->new(
    default_headers => { Authorization => "Bearer $ENV{PARTNERO_API_KEY}", Accept => 'application/json' },
);

my @sales = (
    { key => '⟪2024/0311⟫', amount => 15, customer => { key => '⟦kd-10442⟧' } },
    {
        key      => '⟪2024/0312⟫',
        amount   => 22.4,
        action   => 'sale',
        customer => {
            'key'     => "⟦kd-10443⟧",
            'partner' => { key => '⟪perlmongers⟫' },
        },
    },
);

for my $sale (@sales) {
    my $res = $http->post("$base/transactions", { content => encode_json($sale) });
    warn "$sale->{key}: $res->{status}\n" unless $res->{success};
}

# one more account, was registered twice
$http->request('DELETE', "$base/customers/⟦kd-10443-dup⟧");
my $left = decode_json($http->get($base . '/customers/⟦kd-10443⟧/transactions?limit=50')->{content});
printf "%d left\n", scalar @{ $left->{data} };

my %cache = (key => '⟪perl-partnero⟫', ttl => 60);
my $customer_key = '⟦kd-9999⟧';
my $check = $http->get("$base/customers/$customer_key");
print "$check->{status}\n" if $ENV{DEBUG};
