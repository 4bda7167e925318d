package io.cardverification.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.KnownCallers;
import io.cardverification.verification.ResultCode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Encryption with SM4 and SM2 in the gateway, and decryption in the sandbox. */
@QuarkusTest
@TestProfile(KnownCallers.class)
class EncryptedRequestsTest {

    /** printf '%s\n' 6222000000000000 爱新觉罗·永琪 11204416541220243X | openssl dgst -sha256 -hmac SANDBOXEXAMPLEKEY */
    private static final String NAME = "38299a612ca3b724";

    private int sandboxPort;

    @BeforeEach
    void findSandbox() {
        sandboxPort = FreePorts.sandbox();
    }

    private static ValidatableResponse verify(String question) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + KnownCallers.EXAMPLE).body(question)
                .post("/v1/verifications").then();
    }

    @ParameterizedTest
    @EnumSource(ResultCode.class)
    void encrypted_request_gets_every_result(ResultCode code) {
        var card = "62220000000000%02d".formatted(-Integer.parseInt(code.code()));
        verify("{\"bankCard\":\" " + card + "\",\"name\":\"爱新觉罗·永琪\",\"idCard\":\"11204416541220243x\",\"certType\":0}")
                .statusCode(200).body("result", is(code.code()));
    }

    @Test
    void equal_encrypted_requests_share_a_fingerprint() {
        var question = "{\"bankCard\":\"6222000000000000\",\"name\":\"爱新觉罗·永琪\",\"idCard\":\"11204416541220243x\"}";
        verify(question).statusCode(200);
        given().port(sandboxPort).body("{\"faults\":[\"1x error InvalidParameterValue\"]}").patch("/_sandbox/settings");
        verify(question).statusCode(422);
        var fingerprints = given().port(sandboxPort).get("/_sandbox/requests").jsonPath().getList("requests.fingerprint",
                String.class);
        assertThat(fingerprints).endsWith(NAME, NAME);
    }

    @Test
    void partial_encryption_is_rejected() {
        verify("{\"bankCard\":\"6226090210146748\",\"name\":\"cvtbksVKVIn0pNWUw9815RI2\",\"idCard\":\"11204416541220243X\","
                + "\"encryption\":{\"EncryptList\":[\"Name\"]}}").statusCode(422)
                .body("type", is("urn:problem:card-verification:partial-encryption"), "charged", is(false), "$",
                        not(hasKey("upstreamCode")));
    }
}
