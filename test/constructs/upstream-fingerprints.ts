/**
 * What upstream publishes, object by object: the SHA-256 of each object as an API server keeps it (see `fingerprint` of
 * test/helpers), so that equality is pinned without the text. With UPSTREAM_MANIFESTS naming a folder that holds the
 * files, upstream.test.ts holds them against this table, and the constructs against the files path by path.
 */
export type Fingerprints = Readonly<Record<string, string>>;

function table(lines: string): Fingerprints {
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => line.trim());
  return Object.fromEntries(rows.map((row) => [row.slice(65), row.slice(0, 64)]));
}

/** The same objects, some of them with other contents. */
function variant(of: Fingerprints, lines: string): Fingerprints {
  return { ...of, ...table(lines) };
}

const INGRESS_NGINX_1_15_1_AWS = table(`
  972a5feae3eb84d799dc8d09be8d685e0472e4dacaa67a08d7b8c61bb9f3a67e ClusterRole ingress-nginx
  cdb437e5d54a5bf65f7d7b1fab5225819caef79933e024b1f950ae6426b50045 ClusterRole ingress-nginx-admission
  1d6cec9004c62c956e5302190d86f56c193784b65af8d9a248cd4ffeaf5568ec ClusterRoleBinding ingress-nginx
  2e0f9446a97300468f0bfbcf6eafd1b33f07b9501fc6b2a7db670dc5b0b605c8 ClusterRoleBinding ingress-nginx-admission
  9ce90221dac5476942d66844d1bd89fb7867bc010f425b82476bf540b39abfb4 ConfigMap ingress-nginx/ingress-nginx-controller
  f2795dc2836e7549ebce7abd39c7477d2caf341b766db7fc05a51a0763b3f1d6 Deployment ingress-nginx/ingress-nginx-controller
  38d059daf0e908f4d6f771f7117fde960a5c7ae3976c8ed3faf8d140bdcd2115 IngressClass nginx
  12f347730d1990b66112ef4a47df5f773a48a368f921be360a736054b7ee850e Job ingress-nginx/ingress-nginx-admission-create
  670f6f7fa2a93c7a6482c6ca498aeb6b1a44e933f6518528505256dba0fe7aff Job ingress-nginx/ingress-nginx-admission-patch
  a406a24876aedcee2fb9eed765dfdd64ec1395b9c95c874456471e33af72f766 Namespace ingress-nginx
  04ce6df1eab7cf148170655fc08dfb9c38a30876642aba5ea8a096a86d6546fe Role ingress-nginx/ingress-nginx
  961143cad2324476219187a09694415a68f72cc6b84feaa86a6ddeff83b5e4f6 Role ingress-nginx/ingress-nginx-admission
  8a4008abeca03b5b2f0d9bd51863fe7b68e937b8878e801f569379818a0eeb23 RoleBinding ingress-nginx/ingress-nginx
  bc34ebd5d1cd7d6d0998638a279e8727e05a40463ad03349f9203b432ca893d7 RoleBinding ingress-nginx/ingress-nginx-admission
  090d0c5690c4e41837af0fae046ff682a3212180baf992e345302c2fe4677ec3 Service ingress-nginx/ingress-nginx-controller
  0c4990011986c7302f1a0b63ab5c0b4017a5db304832b3271eb7e2978d86d928 Service ingress-nginx/ingress-nginx-controller-admission
  4d8984236cdef9592bdc06933ad05f4ca0bd6622f8b2f8a1ff5e99e74863ff0f ServiceAccount ingress-nginx/ingress-nginx
  a0b4a1708f89117d14d0e3a72e3086d14442228066d1c5246807dccea0628e3e ServiceAccount ingress-nginx/ingress-nginx-admission
  1dd3df99e8b5f309db7ccb9050fe657bdfcf33fdc31aee86875b0eb91a138d59 ValidatingWebhookConfiguration ingress-nginx-admission
`);

const INGRESS_NGINX_1_15_1_CLOUD = variant(
  INGRESS_NGINX_1_15_1_AWS,
  `
  935e1f3c949c4a51fa4872d97a83d50878e9d6a5ac2935795c0cadb5ade53711 Service ingress-nginx/ingress-nginx-controller
`,
);

const INGRESS_NGINX_1_15_1_KIND = variant(
  INGRESS_NGINX_1_15_1_AWS,
  `
  b0b683ede087ebbac93b5c5fc6004e2e081a8029fcd93890c534885a1008ac6a Deployment ingress-nginx/ingress-nginx-controller
  b96038a563ca42dd1b45ede5d2c6edfc31be59d5da09c5ee6878b429bff7e80c Service ingress-nginx/ingress-nginx-controller
`,
);

const INGRESS_NGINX_1_8_2_AWS = variant(
  INGRESS_NGINX_1_15_1_AWS,
  `
  6b7bf84acca6359411ec1898afcc872fdf615dcb60644c25660c26490d0a9a5f ClusterRole ingress-nginx
  c412efc00c3cd0f052926a38c23e6993497a80d761377062d752ada38428c545 ClusterRole ingress-nginx-admission
  3185ac098561eb05d6ed6f2bdb98bf658045fdfd64dc04de653450e221750c8a ClusterRoleBinding ingress-nginx
  4c44eda339fabecd3be1045eb659dbaed5b5e5fb771c4d8f5920b87c3b7b5b06 ClusterRoleBinding ingress-nginx-admission
  81a69aac38f83eda6232ebfe9a3483de123e542362d1750a5ab5d156d23baa96 ConfigMap ingress-nginx/ingress-nginx-controller
  4d990b11dc00e2d6f04bbeb0a5d0b20481f35c5c125186e1150795382162e9b9 Deployment ingress-nginx/ingress-nginx-controller
  b03c8c39caafe6a3801f32faedc857b008ffee0c0feaf99d0fc6c720a88312e8 IngressClass nginx
  3002520256d0107e9ef14c0a941a6490812d19ea3fc0400b2230d8c12627ce31 Job ingress-nginx/ingress-nginx-admission-create
  5619bcd1af0f723e1cfa9901a4bd7a6d585698137fe25b0f59a5a76eb153777f Job ingress-nginx/ingress-nginx-admission-patch
  72fefcc0e5ed283a2e0a8b8d93b665ba9622a8d0553202ebbc48441627c67112 Role ingress-nginx/ingress-nginx
  70191750bc35ab2d2569c3c7a1171ea047512a14fe3b22122d55dad771a3f08e Role ingress-nginx/ingress-nginx-admission
  3fccffe87f9bf19efc1d17323b8fb99149f7be1eb9f68260ca180916627a6001 RoleBinding ingress-nginx/ingress-nginx
  37f15432bd30e43ceb0590fb669713a7b084f0428dc2746a09a31833adecb700 RoleBinding ingress-nginx/ingress-nginx-admission
  0797e387476f405b6c23c2a792b1af73dbf32ad06d58eb9c604f2206fa87ac1b Service ingress-nginx/ingress-nginx-controller
  40d602cb5dee51aca3a38a4a201c0122e2d18bc14f8208012cfad0741ad43dbe Service ingress-nginx/ingress-nginx-controller-admission
  2b77045071bc26ded7e740d5956976e89db1ac51bc0ea7b8ec056cee2a5e735e ServiceAccount ingress-nginx/ingress-nginx
  86a2a9affdb154f191c224918fd22a1a53d91d904db174c69f8828d95e3ba79c ServiceAccount ingress-nginx/ingress-nginx-admission
  e154ed40d2b423238239d7005be78a7d343ffb800ff07e1d1efca9f98a941bf4 ValidatingWebhookConfiguration ingress-nginx-admission
`,
);

const ONLINE_BOUTIQUE_0_8_0 = table(`
  18d2da9ec92e3bb98952d5bde0b26cb84606f0a716b1ec22820bec70454ff863 Deployment default/adservice
  a8cd30a313080c89d5642bed3fd77db95d8b97229919e63f3bed3a9c9bb6cc49 Deployment default/cartservice
  1ff57eb553af2b0f707d02f19ecbd2eaccb5870b1ae551fd2ae5406ec3b2eaa0 Deployment default/checkoutservice
  3479cb2f096103721936f511beaf0c67600229011d6786afc61f86582d61b03e Deployment default/currencyservice
  2f25b6ddf81fc67639f2555148f9dbac570a9978c2bcbeb42c2968426ec7ba26 Deployment default/emailservice
  94508cf170e29c9620153fcd175a229fd749225542e497dad0cd91ffc8dab30e Deployment default/frontend
  749879c795386bfff30e70dcd360384bb120e51697cfc3a750283a9d54e83d03 Deployment default/loadgenerator
  914a77359dde844757bc326c0607eb2b1139ce3f41483f1351b38d049b76bbaf Deployment default/paymentservice
  5ef97124b5eb4ab151d1006049cb28de263669031d6ab29868367683c56580ef Deployment default/productcatalogservice
  38f044fd483bb22c181eaf03e8c2b8f3f41300c692134a2247059ad97bd794db Deployment default/recommendationservice
  1e5474bcd37a204f833b4650f7db8fa53f49eb3138f884037868f0ab275eac25 Deployment default/redis-cart
  e597c0dd1d4e6d1e7ab45d7aaf2899176078a66f2f85863fd4fe4009c5e8eaf5 Deployment default/shippingservice
  4e3932f61a5a61527e4a06f590b38b76780cf000e66ab44d7bba41d9f464fadf Service default/adservice
  0436c359d781225deae18936627423453528259bee523d56a7c2c4d2d7103577 Service default/cartservice
  67c3a70913ce47c8bd1d5daeb16f76c6dd9499368c3a6890d7d83ff0d35eb60e Service default/checkoutservice
  dcd7e81010ac45f7bb8561330b049dc90d76706d57e24fddfd6fb56ee5decb60 Service default/currencyservice
  10e1b13cca9aa25d3c4138652e24987ce445e7743f92ad957a4f2e7b332d99ef Service default/emailservice
  61f3fe0907cdf222b9b0ad9113e907080dd9298103844a418db4f906b8d8c384 Service default/frontend
  bb783715bc6164c1b6f44bb59ab104e7af00962a6d203c6383f0061fc8ee424b Service default/frontend-external
  e359f30217ca8305247fda69726226404f1fe4930ac30287243e499d4447da6c Service default/paymentservice
  f2f4008fc675a1606b8c50fdd72be237fc82a08f50708025b787f9fe0327dbfb Service default/productcatalogservice
  6e7ae65fb8775324e7e3b65ea5cf5a9593fe4a3af599fddc32d26e2e23485a99 Service default/recommendationservice
  3e7b2c2a5d86833809a475bf0e7bd469f4dc17f30170e243c4b6017a5f47234e Service default/redis-cart
  6402a9727060b43ad1219c0774a8c73ab4f94321dff67f3ff04a0cea756e5f0a Service default/shippingservice
`);

const ONLINE_BOUTIQUE_0_9_0 = variant(
  ONLINE_BOUTIQUE_0_8_0,
  `
  2ccac31d8db03eaad896c10613224a86df684460dc7a9d094fb11b4c4feae3c9 Deployment default/adservice
  d2c02b55b64a3dbd92812e77f16ba90bcdfcb3946d739d6dfa6bc33f8c180e98 Deployment default/cartservice
  60e43bc2fabe578d4f9be59bb79e51f740448fb996ccd9640e41935cf4c35846 Deployment default/checkoutservice
  9f95352245b510cf550744e4b7c6508d1fa4b7203757f11c9a3d3572113cd7f0 Deployment default/currencyservice
  274227f62fea2b509db8681ca62ecce86335838d3053368506512fbbf5af945b Deployment default/emailservice
  d8b54a1f2ceffba971ae98a2499a18110ffcf479070611545f26ca497a949cf8 Deployment default/frontend
  c208c4b05cae73d9753488448257d48198739a40f3692beb0238df8ea9ed9b60 Deployment default/loadgenerator
  daf3d3fd358a4c395c5cabb7e15ffdb23ea853353fd799f9f32dd71c7bc7e5d0 Deployment default/paymentservice
  f0a97e49eb0eaba00b3cc11b976f452a41b305fa934e4fb06d26d72a3a83b902 Deployment default/productcatalogservice
  e2e1352301a5c28f1a12be5ad309ad9174f27f2c4bfccd92a95f0c586d8a1b97 Deployment default/recommendationservice
  42ee91622c77adb350344f00ef08317683ccbfd3a61f7d2ec10190a371064752 Deployment default/shippingservice
`,
);

const STARS_DEMO = table(`
  847a8a3bb3e53343e417f309756f1dda5d29a4f106b02bb20be1c7b15a40b11a Deployment client/client
  d158eb5291264293c2de021c4ccc070a750fab4836e3aff25eeda2341ef643f2 Deployment management-ui/management-ui
  d31e9e33f8801e2d47123d128d6263ea4b816692002ce245efbff98c65904b33 Deployment stars/backend
  dbf8ab8183d0b4b09de2807059f360a2342c973cf5aaed4b14f561c39ff5efd9 Deployment stars/frontend
  1a60d303f20e7b2847692a9c6ee0d6ef91064d3e92681e1247b322e74865a38a Namespace client
  06a46a45d430598616aa6bfc12a4cf34d1276eac54bfabcfa7ee7ed60268fdc3 Namespace management-ui
  857b0dfe8054016fd6fe9a40ef8825090f96be68a96effbf4f3993aa2f4e4235 Namespace stars
  12b7c208d8524125b691b0c3aaaabd06bc5444ac28d8dc164683fc864c594788 NetworkPolicy client/allow-ui
  4f068c12f4e039f6c0a05bc159cdf870c233305e344bc72adb2cf9bf2d673c8f NetworkPolicy client/default-deny
  f84c06d72e7bd99f8a317f6337859fdf7e2a813c783b6dbe814032eb8719e3f5 NetworkPolicy stars/allow-ui
  e9623a2bdf71e273a19e2b1b2c6459fe8a4ed55e8b593d53dca5eddbcf7b8095 NetworkPolicy stars/backend-policy
  42a68a49dd7ba6de534668e80b1105f39f37aef2094071c9a0343aa0857816e2 NetworkPolicy stars/default-deny
  af49f37ab8f8a00db49bcb0d321959058cca1ae911e98b424fa446ec1583b419 NetworkPolicy stars/frontend-policy
  bb3b8471177a30d76847d7300b80827a605e916b3f40fe928923b644eec6226f Service client/client
  a9776bdb6e50bb0b8a011dffff84df5aa2ee71a05404c3db4730d7228a5fc7f9 Service management-ui/management-ui
  61739da274f096e72e0066bad474ac3a33e9ab77ce826effffe9b5d6261c909b Service stars/backend
  dab0f5a4a3ca2e0d84ec5a3118db741ba8efa060757bd9be0cecf21ce2b430e2 Service stars/frontend
`);

/** By the name of the file that upstream publishes them in. */
export const UPSTREAM: ReadonlyMap<string, Fingerprints> = new Map([
  ['ingress-nginx-v1.15.1-aws.yaml', INGRESS_NGINX_1_15_1_AWS],
  ['ingress-nginx-v1.15.1-cloud.yaml', INGRESS_NGINX_1_15_1_CLOUD],
  ['ingress-nginx-v1.15.1-kind.yaml', INGRESS_NGINX_1_15_1_KIND],
  ['ingress-nginx-v1.8.2-aws.yaml', INGRESS_NGINX_1_8_2_AWS],
  ['online-boutique-v0.8.0.yaml', ONLINE_BOUTIQUE_0_8_0],
  ['online-boutique-v0.9.0.yaml', ONLINE_BOUTIQUE_0_9_0],
  ['calico-stars-demo.yaml', STARS_DEMO],
]);
