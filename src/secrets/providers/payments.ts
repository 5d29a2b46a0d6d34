import { base62, hex, isDummy, isRandom, sample, sampleUuid, type Detector } from '../../core/detector.ts';
import { blanketLive, scoped } from '../../core/rating.ts';

/*
 * Payments and shops. Stripe: docs.stripe.com, "API keys". Square: developer.squareup.com, "Access tokens". Shopify:
 * shopify.dev, changelog on token prefixes, 2020. PayPal: developer.paypal.com. Plaid: plaid.com, "Tokens". None
 * checked.
 */
export const payments: readonly Detector[] = [
  {
    id: 'stripe.key',
    title: 'Stripe secret key',
    provider: 'stripe',
    hints: ['sk_live_', 'sk_test_', 'sk_org_live_', 'sk_org_test_'],
    pattern: /\bsk_(?:org_)?(?:live|test)_[0-9A-Za-z]{16,247}\b/g,
    plausible: value => !isDummy(value),
    rate: value => ({
      reach: 'blanket',
      stage: value.includes('_live_') ? 'live' : 'test',
      lasts: 'long',
    }),
    rates: 'blanket; live or test by its mark',
    examples: {
      catches: [`sk_live_${sample(base62, 24)}`, `sk_test_51${sample(base62, 97)}`],
      leaves: ['sk_live_'],
    },
  },
  {
    id: 'stripe.restricted',
    title: 'Stripe restricted key',
    provider: 'stripe',
    hints: ['rk_live_', 'rk_test_'],
    pattern: /\brk_(?:live|test)_[0-9A-Za-z]{16,247}\b/g,
    plausible: value => !isDummy(value),
    rate: value => ({ reach: 'scoped', stage: value.includes('_live_') ? 'live' : 'test', lasts: 'long' }),
    rates: 'scoped; live or test by its mark',
    examples: { catches: [`rk_live_${sample(base62, 24)}`], leaves: ['rk_test_'] },
  },
  {
    id: 'stripe.webhook',
    title: "Stripe webhook's secret",
    provider: 'stripe',
    hints: ['whsec_'],
    pattern: /\bwhsec_[0-9A-Za-z+/]{32,64}={0,2}/g,
    plausible: value => !isDummy(value),
    rate: scoped,
    examples: { catches: [`whsec_${sample(base62, 32)}`], leaves: ['whsec_x'] },
  },
  {
    id: 'square.token',
    title: 'Square token',
    provider: 'square',
    hints: ['sq0atp-', 'sq0csp-', 'eaaa'],
    pattern: /\b(?:sq0(?:atp|csp)-[0-9A-Za-z_-]{22,43}|EAAA[El][0-9A-Za-z_-]{59})(?![0-9A-Za-z_-])/g,
    confirm: isRandom,
    rate: blanketLive,
    examples: {
      catches: [`sq0atp-${sample(base62, 22)}`, `EAAAE${sample(base62, 59)}`],
      leaves: ['sq0atp-x'],
    },
  },
  {
    id: 'paypal.token',
    title: 'PayPal or Braintree token',
    provider: 'paypal',
    hints: ['access_token$'],
    pattern: /\baccess_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}\b/g,
    rate: value => ({
      reach: 'blanket',
      lasts: 'long',
      stage: value.includes('$production$') ? 'live' : 'test',
    }),
    rates: 'blanket; live or test by its own words',
    examples: {
      catches: [
        `access_token$production$${sample('abcdefghijklmnopqrstuvwxyz0123456789', 16)}$${sample(hex, 32)}`,
      ],
      leaves: ['access_token$production$x'],
    },
  },
  {
    id: 'paypal.secret',
    title: 'PayPal secret',
    provider: 'paypal',
    hints: ['paypal'],
    named: [/paypal/i, /secret/i],
    pattern: /(?<![\w-])E[0-9A-Za-z_-]{79}(?![\w-])/g,
    rate: () => ({ reach: 'blanket', lasts: 'long' }),
    rates: 'blanket; whether live or of the sandbox does not show',
    examples: {
      catches: [`PAYPAL_CLIENT_SECRET=E${sample(base62, 79)}`],
      leaves: ['PAYPAL_CLIENT_SECRET=x'],
    },
  },
  {
    id: 'plaid.token',
    title: 'Plaid access token',
    provider: 'plaid',
    hints: ['access-production-', 'access-sandbox-', 'access-development-'],
    pattern: /\baccess-(?:production|sandbox|development)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
    rate: value => ({
      reach: 'scoped',
      lasts: 'long',
      stage: value.startsWith('access-production') ? 'live' : 'test',
    }),
    rates: "scoped to one person's bank; live or test by its own words",
    examples: { catches: [`access-production-${sampleUuid}`], leaves: ['access-production-x'] },
  },
  {
    id: 'plaid.secret',
    title: 'Plaid secret',
    provider: 'plaid',
    hints: ['plaid'],
    named: [/plaid/i, /secret/i],
    pattern: /(?<![\w-])[0-9a-f]{30}(?![\w-])/g,
    plausible: value => !isDummy(value),
    rate: () => ({ reach: 'blanket', lasts: 'long' }),
    rates: 'blanket; which environment it is for does not show',
    examples: { catches: [`PLAID_SECRET=${sample(hex, 30)}`], leaves: ['PLAID_SECRET=x'] },
  },
  {
    id: 'shopify.token',
    title: 'Shopify token',
    provider: 'shopify',
    hints: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_', 'shpua_'],
    pattern: /\bshp(?:at|ca|pa|ss|tka|ua)_[0-9a-fA-F]{32}\b/g,
    rate: value => ({
      reach: value.startsWith('shpss') ? 'scoped' : 'blanket',
      stage: 'live',
      lasts: 'long',
    }),
    rates: 'a shared secret (`shpss_`) is scoped, others blanket for a shop',
    examples: { catches: [`shpat_${sample(hex, 32)}`], leaves: ['shpat_x'] },
  },
  {
    id: 'adyen.key',
    title: 'Adyen key',
    provider: 'adyen',
    hints: ['aqe'],
    pattern:
      /\bAQE[0-9A-Za-z]{60,200}-[0-9A-Za-z+/]{40,60}=?-[0-9A-Za-z^(){}[\]<>~,.;:!@#$%&*_+|?/=-]{12,24}/g,
    rate: blanketLive,
    examples: {
      catches: [`AQE${sample(base62, 80)}-${sample(base62, 44)}=-${sample(base62, 16)}`],
      leaves: ['AQE'],
    },
  },
  {
    id: 'razorpay.key',
    title: 'Razorpay key id',
    provider: 'razorpay',
    hints: ['rzp_live_', 'rzp_test_'],
    pattern: /\brzp_(?:live|test)_[0-9A-Za-z]{14}\b/g,
    confirm: () => false,
    rate: value => ({
      reach: 'scoped',
      lasts: 'long',
      stage: value.startsWith('rzp_live') ? 'live' : 'test',
    }),
    rates: 'half of a pair: names it, and opens nothing alone; live or test by its mark',
    examples: { catches: [`rzp_live_${sample(base62, 14)}`], leaves: ['rzp_live_'] },
  },
  {
    id: 'paddle.key',
    title: 'Paddle key',
    provider: 'paddle',
    hints: ['pdl_live_apikey_', 'pdl_sdbx_apikey_'],
    pattern: /\bpdl_(?:live|sdbx)_apikey_[0-9a-z]{26}_[0-9A-Za-z]{22}_[0-9A-Za-z]{3}\b/g,
    rate: value => ({
      reach: 'blanket',
      lasts: 'long',
      stage: value.startsWith('pdl_live') ? 'live' : 'test',
    }),
    rates: 'blanket; live or test by its mark',
    examples: {
      catches: [
        `pdl_live_apikey_${sample('abcdefghijklmnopqrstuvwxyz0123456789', 26)}_${sample(base62, 22)}_${sample(base62, 3)}`,
      ],
      leaves: ['pdl_live_apikey_'],
    },
  },
];
