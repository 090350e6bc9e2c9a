#!/usr/bin/perl
# Sends old sales to Partnero, once.
use strict;
use warnings;
use JSON::PP;
use LWP::UserAgent;

my $api = 'https://api.partnero.com/v1';
my $ua  = LWP::UserAgent->new;
my %cache = (key => '⟪partnero-backfill⟫');

my %body = (
    key      => '⟪perl-tx-1⟫',
    amount   => 19,
    customer => { key => '⟦perl-cust-1⟧' },
);
$ua->post("$api/transactions", Content => encode_json(\%body));

$body{customer}{key} = '⟦perl-cust-2⟧';
$body{key} = "⟪perl-tx-2⟫";
$ua->post("$api/transactions", Content => encode_json(\%body));

for my $id (1 .. 9) {
    my $res = $ua->get("$api/customers/$id");
    next if $res->code == 404;
    print $res->decoded_content;
}

my $res = $ua->get("$api/customers/" . '⟦o\'hara⟧' . '/transactions');
my $raw = q({"customer":{"key":"⟦perl-cust-3⟧"},"key":"⟪perl-tx-3⟫","amount":1});
print "done $raw\n";
