package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.AuthenticationResult;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ReceivedRequest;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Requests to the upstream, byte for byte. */
@QuarkusTest
@TestProfile(UpstreamFixture.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class SentRequestTest extends UpstreamFixture {

    @Test
    void the_signed_bytes_are_sent_unchanged() {
        verify(QUESTION).statusCode(200).body("requestId", is("a5fdb909-5ee6-43ff-a152-bb1b9744ee8b"));
        var received = StubUpstream.RECEIVED.get(0);
        assertThat(received.body().toString())
                .isEqualTo("{\"IdCard\":\"11204416541220243X\",\"Name\":\"韦小宝\",\"BankCard\":\"6226090210146748\"}");
        assertThat(received.headers()).containsEntry("X-TC-Action", "BankCardVerification")
                .containsEntry("X-TC-Version", "2018-03-01").containsEntry("X-TC-Token", "the-token")
                .containsEntry("X-TC-Language", "en-US").doesNotContainKey("X-TC-Region");
        var lowerCase = new TreeMap<String, String>();
        received.headers().forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
        var reception = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION,
                List.of(new Credentials("AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY", "the-token")));
        var sentAt = Instant.ofEpochSecond(Long.parseLong(received.headers().get("X-TC-Timestamp")));
        assertThat(reception.authenticate(new ReceivedRequest("POST", "", lowerCase, received.body().getBytes()), sentAt))
                .isInstanceOf(AuthenticationResult.Accepted.class);
    }

    @Test
    void optional_parameters_are_sent_unchanged() {
        verify("""
                {"bankCard":"oUfaRWLLjR9MclkyFF68M7Ot","name":"cvtbksVKVIn0pNWUw9815RI2","idCard":"11204416541220243x",
                 "certType":0,"encryption":{"EncryptList":["BankCard","Name"],"CiphertextBlob":" blob ","Iv":"cHNm8k09p2d80owr",
                 "Algorithm":"SM4-GCM","TagList":["meBiloynTRhQtOtLR2xccQ==","Anrq6V9s4jwBg+/mxW9Zeg=="]}}""").statusCode(200);
        assertThat(new JsonObject(StubUpstream.RECEIVED.get(0).body())).isEqualTo(new JsonObject()
                .put("IdCard", "11204416541220243X").put("Name", "cvtbksVKVIn0pNWUw9815RI2")
                .put("BankCard", "oUfaRWLLjR9MclkyFF68M7Ot").put("CertType", 0)
                .put("Encryption", new JsonObject().put("EncryptList", new JsonArray().add("BankCard").add("Name"))
                        .put("CiphertextBlob", " blob ").put("Iv", "cHNm8k09p2d80owr").put("Algorithm", "SM4-GCM")
                        .put("TagList", new JsonArray().add("meBiloynTRhQtOtLR2xccQ==").add("Anrq6V9s4jwBg+/mxW9Zeg=="))));
    }

    @Test
    void missing_and_unknown_members_are_accepted() {
        StubUpstream.answers("{\"Response\":{\"Result\":\"-13\",\"RequestId\":\"x\",\"New\":{}},\"Other\":1}");
        verify(QUESTION).statusCode(200).body("description", is("The card has expired."), "requestId", is(""));
    }
}
