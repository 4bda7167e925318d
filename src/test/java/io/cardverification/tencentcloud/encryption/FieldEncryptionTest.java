package io.cardverification.tencentcloud.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.encryption.FieldDecryption.DecryptionException;

class FieldEncryptionTest {

    private static final List<String> FIELDS = List.of("11204416541220243X", "爱新觉罗永琪", "6226090210146748", "");
    private static final KeyPair RSA = rsa();
    private static final KeyPair SM2 = sm2();

    private final SecureRandom random = new SecureRandom();
    private final FieldDecryption decryption = new FieldDecryption(
            Map.of(FieldCipher.AES_256_CBC, base64(RSA.getPrivate().getEncoded()),
                    FieldCipher.SM4_GCM, base64(SM2.getPrivate().getEncoded())));

    /** The size of Tencent Cloud's keys. */
    private static KeyPair rsa() {
        try {
            var keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(1024);
            return keys.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair sm2() {
        try {
            var keys = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            keys.initialize(new ECGenParameterSpec("sm2p256v1"));
            return keys.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String publicKey(FieldCipher cipher) {
        return base64((cipher == FieldCipher.AES_256_CBC ? RSA : SM2).getPublic().getEncoded());
    }

    private FieldEncryption encryption(FieldCipher cipher) {
        return new FieldEncryption(cipher, publicKey(cipher), random);
    }

    /** The official Chinese examples, as the fact sheet has them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "AES_256_CBC | XJKXDwFwoYHoORb/g1ReMJ+POptUa7Ax4R+CRI0GLgU= | vTjCqg1Xz6Lh0pJZCNjAAQ== | 8TEJyC4YWALmK5U9cw+R+1Rvs4LuNRAAm8LQkwrJEa4= | | 440111111111111111",
            "AES_256_CBC | XJKXDwFwoYHoORb/g1ReMJ+POptUa7Ax4R+CRI0GLgU= | vTjCqg1Xz6Lh0pJZCNjAAQ== | QR3meQHDzArXCIuJIyETLzRtOjg0vjRxcYdKQTOE7vw= | | 爱新觉罗永琪",
            "SM4_GCM | t/dlVGSD3hMbSG21ocAylQ== | cHNm8k09p2d80owr | oUfaRWLLjR9MclkyFF68M7Ot | meBiloynTRhQtOtLR2xccQ== | 440111111111111111",
            "SM4_GCM | t/dlVGSD3hMbSG21ocAylQ== | cHNm8k09p2d80owr | cvtbksVKVIn0pNWUw9815RI2 | Anrq6V9s4jwBg+/mxW9Zeg== | 爱新觉罗永琪" })
    void published_examples_encrypt_and_decrypt(FieldCipher cipher, String key, String iv, String ciphertext, String tag,
            String plain) throws Exception {
        var keyBytes = Base64.getDecoder().decode(key);
        var ivBytes = FieldDecryption.iv(cipher, iv);
        var tags = tag == null ? List.<String> of() : List.of(tag);
        assertThat(FieldDecryption.decrypted(cipher,
                new EncryptedFields(List.of(ciphertext), "", iv, cipher.toString(), tags), keyBytes, ivBytes))
                .containsExactly(plain);
        var sealed = cipher.seal(plain.getBytes(StandardCharsets.UTF_8), keyBytes, ivBytes);
        assertThat(base64(sealed.ciphertext())).isEqualTo(ciphertext);
        assertThat(base64(sealed.tag())).isEqualTo(tag == null ? "" : tag);
    }

    @ParameterizedTest
    @EnumSource(FieldCipher.class)
    void fields_decrypt_in_order(FieldCipher cipher) throws Exception {
        var encrypted = encryption(cipher).encrypt(FIELDS);
        assertThat(decryption.decrypt(cipher, encrypted)).isEqualTo(FIELDS);
        assertThat(encrypted.algorithm()).isEqualTo(cipher.toString());
        assertThat(encrypted.tags()).hasSize(cipher == FieldCipher.SM4_GCM ? FIELDS.size() : 0);
        assertThat(Base64.getDecoder().decode(encrypted.ciphertextBlob()))
                .hasSize(cipher == FieldCipher.SM4_GCM ? 65 + 32 + 16 : 128);
        assertThat(encrypted.iv()).hasSize(cipher == FieldCipher.SM4_GCM ? 16 : 24);
        assertThat(encrypted).hasToString("EncryptedFields[*]");
    }

    @ParameterizedTest
    @EnumSource(FieldCipher.class)
    void each_request_has_a_new_key_and_iv(FieldCipher cipher) {
        var seen = new HashSet<String>();
        var encryption = encryption(cipher);
        for (var i = 0; i < 50; i++) {
            var encrypted = encryption.encrypt(FIELDS);
            assertThat(seen.add(encrypted.iv())).isTrue();
            assertThat(seen.add(encrypted.ciphertextBlob())).isTrue();
            assertThat(seen.add(encrypted.ciphertexts().get(0))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(FieldCipher.class)
    void modified_or_foreign_ciphertext_fails(FieldCipher cipher) {
        var good = encryption(cipher).encrypt(FIELDS);
        var bits = Base64.getDecoder().decode(good.ciphertextBlob());
        bits[bits.length - 1] ^= 1;
        var changed = new EncryptedFields(good.ciphertexts(), base64(bits), good.iv(), good.algorithm(), good.tags());
        var noBlob = new EncryptedFields(good.ciphertexts(), "", good.iv(), good.algorithm(), good.tags());
        var noBase64 = new EncryptedFields(good.ciphertexts(), "no Base64", good.iv(), good.algorithm(), good.tags());
        var noIv = new EncryptedFields(good.ciphertexts(), good.ciphertextBlob(), "AAAA", good.algorithm(), good.tags());
        var oneTag = new EncryptedFields(good.ciphertexts(), good.ciphertextBlob(), good.iv(), good.algorithm(),
                List.of("meBiloynTRhQtOtLR2xccQ=="));
        for (var bad : List.of(changed, noBlob, noBase64, noIv, oneTag)) {
            assertThatThrownBy(() -> decryption.decrypt(cipher, bad)).isInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void modified_sm4_field_fails() {
        var good = encryption(FieldCipher.SM4_GCM).encrypt(List.of("6226090210146748"));
        var bits = Base64.getDecoder().decode(good.ciphertexts().get(0));
        bits[0] ^= 1;
        assertThatThrownBy(() -> decryption.decrypt(FieldCipher.SM4_GCM, new EncryptedFields(List.of(base64(bits)),
                good.ciphertextBlob(), good.iv(), good.algorithm(), good.tags()))).isInstanceOf(DecryptionException.class);
    }

    @Test
    void pkcs1_public_key_in_pem_is_accepted() throws Exception {
        var pkcs1 = SubjectPublicKeyInfo.getInstance(RSA.getPublic().getEncoded()).parsePublicKey().getEncoded();
        var pem = "-----BEGIN RSA PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(pkcs1)
                + "\n-----END RSA PUBLIC KEY-----\n";
        var encrypted = new FieldEncryption(FieldCipher.AES_256_CBC, pem, random).encrypt(FIELDS);
        assertThat(decryption.decrypt(FieldCipher.AES_256_CBC, encrypted)).isEqualTo(FIELDS);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "nonsense", "AAAA", "-----BEGIN PUBLIC KEY-----" })
    void invalid_public_key_is_rejected_with_the_rule(String key) {
        assertThatThrownBy(() -> new FieldEncryption(FieldCipher.AES_256_CBC, key, random))
                .hasMessage("must be a public key for AES-256-CBC, RSA in PEM or as its Base64");
        assertThatThrownBy(() -> new FieldEncryption(FieldCipher.SM4_GCM, key, random))
                .hasMessage("must be a public key for SM4-GCM, SM2 in PEM or as its Base64");
    }

    @Test
    void key_of_the_other_algorithm_is_rejected() {
        assertThatThrownBy(() -> new FieldEncryption(FieldCipher.SM4_GCM, publicKey(FieldCipher.AES_256_CBC), random))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FieldEncryption(FieldCipher.AES_256_CBC, publicKey(FieldCipher.SM4_GCM), random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void iv_of_the_older_form_has_16_plain_characters() throws Exception {
        assertThat(FieldDecryption.iv(FieldCipher.AES_256_CBC, "0123456789abcdef"))
                .isEqualTo("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> FieldDecryption.iv(FieldCipher.SM4_GCM, "0123456789ab")).isNotNull();
    }
}
