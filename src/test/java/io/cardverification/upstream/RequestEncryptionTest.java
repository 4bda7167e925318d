package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.tencentcloud.encryption.EncryptedFields;
import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.cardverification.tencentcloud.encryption.FieldDecryption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;

/** The gateway encrypts with AES and RSA. */
@QuarkusTest
@TestProfile(RequestEncryptionTest.Encrypted.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class RequestEncryptionTest {

    private static final KeyPair KEYS = keys();

    private static KeyPair keys() {
        try {
            var keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(1024);
            return keys.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static final class Encrypted implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false", "gateway.upstream.encryption.algorithm", "AES-256-CBC",
                    "gateway.upstream.encryption.public-key", base64(KEYS.getPublic().getEncoded()),
                    "gateway.upstream.retry-backoff", "1ms", "gateway.upstream.retry-unknown", "true", "gateway.ledger.file",
                    RetryUnknownTest.LEDGER.toString());
        }
    }

    private static final List<String> VALUES = List.of("11204416541220243X", "韦小宝", "6226090210146748");

    @BeforeEach
    void answer() {
        StubUpstream.RECEIVED.clear();
        StubUpstream.answers("{\"Response\":{\"Result\":\"0\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}");
    }

    private static void verify(String question) {
        given().contentType(ContentType.JSON).body(question).post("/v1/verifications").then().statusCode(200).body("result",
                is("0"));
    }

    private static JsonObject received(int index) {
        return StubUpstream.RECEIVED.get(index).body().toJsonObject();
    }

    @Test
    void every_request_is_encrypted_with_a_new_key() throws Exception {
        var decryption = new FieldDecryption(Map.of(FieldCipher.AES_256_CBC, base64(KEYS.getPrivate().getEncoded())));
        var keys = new HashSet<String>();
        for (var i = 0; i < 3; i++) {
            verify("{\"bankCard\":\" 6226090210146748\",\"name\":\"韦小宝\",\"idCard\":\"11204416541220243x\",\"certType\":0}");
            var sent = StubUpstream.RECEIVED.get(i);
            assertThat(sent.headers() + sent.body().toString()).doesNotContain(VALUES);
            var encryption = received(i).getJsonObject("Encryption");
            assertThat(encryption.getJsonArray("EncryptList")).containsExactly("IdCard", "Name", "BankCard");
            assertThat(encryption.getString("Algorithm")).isEqualTo("AES-256-CBC");
            assertThat(encryption.getJsonArray("TagList")).isEmpty();
            assertThat(received(i).getInteger("CertType")).isZero();
            assertThat(keys.add(encryption.getString("CiphertextBlob"))).isTrue();
            assertThat(keys.add(encryption.getString("Iv"))).isTrue();
            assertThat(decryption.decrypt(FieldCipher.AES_256_CBC, new EncryptedFields(
                    List.of(received(i).getString("IdCard"), received(i).getString("Name"), received(i).getString("BankCard")),
                    encryption.getString("CiphertextBlob"), encryption.getString("Iv"), "AES-256-CBC", List.of())))
                    .isEqualTo(VALUES);
        }
    }

    @Test
    void fully_encrypted_values_are_sent_unchanged() {
        verify("""
                {"bankCard":"8TEJyC4YWALmK5U9cw+R+1Rvs4LuNRAAm8LQkwrJEa4=","name":"QR3meQHDzArXCIuJIyETLzRtOjg0vjRxcYdKQTOE7vw=",
                 "idCard":"8TEJyC4YWALmK5U9cw+R+1Rvs4LuNRAAm8LQkwrJEa4=",
                 "encryption":{"EncryptList":["Name","BankCard","IdCard"],"CiphertextBlob":"his","Iv":"own"}}""");
        assertThat(received(0)).isEqualTo(new JsonObject().put("IdCard", "8TEJyC4YWALmK5U9cw+R+1Rvs4LuNRAAm8LQkwrJEa4=")
                .put("Name", "QR3meQHDzArXCIuJIyETLzRtOjg0vjRxcYdKQTOE7vw=")
                .put("BankCard", "8TEJyC4YWALmK5U9cw+R+1Rvs4LuNRAAm8LQkwrJEa4=")
                .put("Encryption", new JsonObject().put("EncryptList", List.of("Name", "BankCard", "IdCard"))
                        .put("CiphertextBlob", "his").put("Iv", "own")));
    }

    @Test
    void implausible_ciphertext_is_rejected() {
        for (var how : List.of("\"CiphertextBlob\":\"his\"", "\"Iv\":\"own\"",
                "\"CiphertextBlob\":\"his\",\"Algorithm\":\"SM4-GCM\"")) {
            given().contentType(ContentType.JSON).body("{\"bankCard\":\"6226090210146748\",\"name\":\"WeiXiaobao00\","
                    + "\"idCard\":\"112044165412202430\",\"encryption\":{\"EncryptList\":[\"Name\",\"BankCard\",\"IdCard\"],"
                    + how + "}}").post("/v1/verifications").then().statusCode(422)
                    .body("type", is("urn:problem:card-verification:partial-encryption"));
        }
        assertThat(StubUpstream.RECEIVED).isEmpty();
    }
}
