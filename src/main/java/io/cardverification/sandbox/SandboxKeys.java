package io.cardverification.sandbox;

import java.util.Map;

import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.cardverification.tencentcloud.encryption.FieldDecryption;
import io.vertx.core.json.JsonObject;

/**
 * The sandbox's key pairs for {@code Encryption}, of the kinds and sizes that Tencent Cloud uses. They are the same in every
 * sandbox and not secret: they protect test data only. So a client under test can have them in its configuration.
 */
final class SandboxKeys {

    private static final String RSA_PRIVATE = """
            MIICeAIBADANBgkqhkiG9w0BAQEFAASCAmIwggJeAgEAAoGBAM8bAvCsTZRPP+6+ADv3hpCxG/oFQAwdQ9mOmUK1dDrWvzm3e/FV
            KAeyCpbY774NuXhlwXzrGzYua4NTdJiD9bbtCTXEodL/F2tEHUlpI8lotlDxptJTvG0q4N+K/kRvD3XkseSWOmB4n9TGMnosUijo
            cerSTsIe/yzSWInMToc9AgMBAAECgYEAiH7b9DULOFj24OlWjC85//jKYIC/UnyjMCqcdevTe8f25ho41Lh0FoZQFlVJxK+U8nXW
            DPeCyrXTZA1HxhEKimKsw+kGsTbvJWL/YxfhmblVTRRMkox3IWa7JI5bpSR/g3vyyIp6rIelygpA7W196o8nyMh+eYzX8poRtsIi
            RsECQQDowOETGb3II5J0db7QduIV/vdMDfOwOW1irUFsJyUFA/YsKaFFEDX4NMqhACe11o8I7jfaAB8M0zdmMJBxi46RAkEA48pb
            eZ6joMrwCasMsKC1WprQ0jX8hZg97R927EnpY8tJgT6kZ2CdxAxFRAdG67JiCpnTFIYHh6I7pOX2Ho5b7QJBAME+QqClIphkUFg4
            2jAiRBuXEKMogkaxp0viJQsyhN3hKCYKekbo6qYkzodVpaKnfSIhBmYM67quMrS5ZXOgNsECQFEd/JlAvvBBlF09BlXXxP0w6HAT
            PYutfU/1xnm6kFwzRke6MP2HUGdCH2BsXvsMGRHBWYOTfxbz1N2R7qVO+LkCQQCSXRAP+scdQMbRyomZKpI2Boz5m17bBmsSgDre
            UELK4vl66R3dxfLWpOB4K9va1khE67kXshhLxt0UAMy8KU1U""";

    private static final String RSA_PUBLIC = """
            -----BEGIN RSA PUBLIC KEY-----
            MIGJAoGBAM8bAvCsTZRPP+6+ADv3hpCxG/oFQAwdQ9mOmUK1dDrWvzm3e/FVKAey
            CpbY774NuXhlwXzrGzYua4NTdJiD9bbtCTXEodL/F2tEHUlpI8lotlDxptJTvG0q
            4N+K/kRvD3XkseSWOmB4n9TGMnosUijocerSTsIe/yzSWInMToc9AgMBAAE=
            -----END RSA PUBLIC KEY-----
            """;

    private static final String SM2_PRIVATE = """
            MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgr9/GRNaHSD6iJ+ZlSJKXCrWfuS59ky2rLvYh26D3KRihRANCAAQN
            l/Y6SPNPzLbP4+QaYjhUHPd8S4otIUg0f29FqjokmdNbq2EAsj92lHAGTTi6+Yx99U1vfMnXyB4YxvP7FfsO""";

    private static final String SM2_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEDZf2OkjzT8y2z+PkGmI4VBz3fEuK
            LSFINH9vRao6JJnTW6thALI/dpRwBk04uvmMffVNb3zJ18geGMbz+xX7Dg==
            -----END PUBLIC KEY-----
            """;

    private SandboxKeys() {
    }

    static FieldDecryption decryption() {
        return new FieldDecryption(Map.of(FieldCipher.AES_256_CBC, RSA_PRIVATE, FieldCipher.SM4_GCM, SM2_PRIVATE));
    }

    /** The public keys in PEM, by algorithm. */
    static JsonObject published() {
        return new JsonObject().put(FieldCipher.AES_256_CBC.toString(), RSA_PUBLIC)
                .put(FieldCipher.SM4_GCM.toString(), SM2_PUBLIC);
    }
}
