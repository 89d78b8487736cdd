/**
 * A certificate that nobody trusts, for localhost and 127.0.0.1, valid from 2020 to 2120. Made for the tests and used
 * nowhere else.
 */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYrxAlVausm0weo1Q
jNgWiCNVT9x6v2tzAMDobkW0D0ahRANCAAQVw/ulrpN2CPMDqpk6XmBPrRYCOdfD
PPkj12fgMawMmeQzeFTnyMwLn790cIMj1HFUAVGTTjrzuqzM9fx66CAz
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBWjCCAQGgAwIBAgIUaa+4azYLwtbnNbCdPvyXBTOI5NgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAx
MDAwMDAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQVw/ulrpN2CPMDqpk6XmBPrRYCOdfDPPkj12fgMawMmeQzeFTnyMwL
n790cIMj1HFUAVGTTjrzuqzM9fx66CAzoy8wLTAaBgNVHREEEzARgglsb2NhbGhv
c3SHBH8AAAEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBhUa+2
M1JC6HG/dXiGxMOBUT5VY59NcjW+cEKKrFkekQIgDfLlPzMIzhoAJpAFqF4pMpDg
/YhKMmm+NlId0gTFPJU=
-----END CERTIFICATE-----
`,
};
