package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;

import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.testing.Scale;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * Compares signatures of the official Java SDK with those of this project, for ten thousand random requests, at {@link Scale}.
 */
class SdkSignatureTest {

    private static final int REQUESTS = Scale.of(10_000);
    private static final long SEED = 20261124;
    private static final String SECRET_ID = "AKIDEXAMPLE";
    private static final String SECRET_KEY = "SECRETEXAMPLE";
    private static final String ACTION = "BankCardVerification";
    private static final List<String> HOSTS = List.of("127.0.0.1:8080", "localhost:8090", "faceid.intl.tencentcloudapi.com",
            "gateway.example.com:8443");
    private static final List<String> METHODS = List.of(ClientProfile.SIGN_TC3_256, ClientProfile.SIGN_SHA1,
            ClientProfile.SIGN_SHA256);

    /**
     * Alphabets of random names. Names have no underscore, because the SDK signs a dot for it in version 1. Names of a v3 GET
     * need no encoding: the SDK signs them plain and sends them encoded, so no server can check them. The API has neither.
     */
    private static final String NAME_CHARACTERS = "ABCXYZabcxyz019-";
    private static final String ODD_NAME_CHARACTERS = NAME_CHARACTERS + "名é &=+%~*'()";
    private static final List<String> VALUE_CHARACTERS = List.of("a", "Z", "0", " ", "+", "&", "=", "%", "%20", "~", "*", "'",
            "(", ")", "/", "?", "#", "[", "]", "@", "!", "$", ",", ";", ":", "\"", "<", ">", "|", "\\", "^", "`", "{", "}", "_",
            "-", ".", "\t", "\n", "\u0000", "é", "ß", "爱新觉罗", "永琪", "·", "\u00a0", "\u200b", "😀", "𠮷", "ﷺ", "\\u672a");

    private final Random random = new Random(SEED);
    private final AtomicReference<Request> sent = new AtomicReference<>();
    private final OkHttpClient recorder = new OkHttpClient.Builder().addInterceptor(chain -> {
        sent.set(chain.request());
        return new Response.Builder().request(chain.request()).protocol(Protocol.HTTP_1_1).code(200).message("OK")
                .body(ResponseBody.create(MediaType.get("application/json"), "{\"Response\":{\"RequestId\":\"x\"}}"))
                .build();
    }).build();
    private final RequestAuthenticator authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION,
            List.of(new Credentials(SECRET_ID, SECRET_KEY, null)));
    private final Signer signer = new Signer(Action.BANK_CARD_VERIFICATION, new Credentials(SECRET_ID, SECRET_KEY, null));

    /** A request with arbitrary parameters, written as the SDK writes its own. */
    @SuppressWarnings("NonApiType") // the SDK's signature
    private static final class Anything extends AbstractModel {

        private final transient Map<String, String> values;

        Anything(Map<String, String> values, boolean asJson) {
            this.values = values;
            if (asJson) {
                values.forEach(this::set);
            }
        }

        @Override
        protected void toMap(HashMap<String, String> map, String prefix) {
            values.forEach((name, value) -> setParamSimple(map, prefix + name, value));
        }
    }

    private Request send(String signMethod, String verb, String host, boolean unsignedPayload, Map<String, String> values)
            throws Exception {
        var http = new HttpProfile();
        http.setEndpoint(host);
        http.setReqMethod(verb);
        http.setHttpClient(recorder);
        var profile = new ClientProfile(signMethod, http);
        profile.setUnsignedPayload(unsignedPayload);
        var client = new CommonClient("faceid", "2018-03-01", new Credential(SECRET_ID, SECRET_KEY), "", profile);
        var asJson = signMethod.equals(ClientProfile.SIGN_TC3_256) && verb.equals(HttpProfile.REQ_POST);
        client.commonRequest(new Anything(values, asJson), ACTION);
        return sent.get();
    }

    @Test
    void random_sdk_requests_have_equal_signatures() throws Exception {
        var differences = new ArrayList<String>();
        for (var i = 0; i < REQUESTS; i++) {
            var signMethod = pick(METHODS);
            var host = pick(HOSTS);
            var unsigned = random.nextInt(8) == 0;
            var verb = random.nextBoolean() ? HttpProfile.REQ_GET : HttpProfile.REQ_POST;
            var isV3 = signMethod.equals(ClientProfile.SIGN_TC3_256);
            var request = send(signMethod, verb, host, unsigned,
                    values(isV3 && verb.equals(HttpProfile.REQ_GET) ? NAME_CHARACTERS : ODD_NAME_CHARACTERS));
            var ours = isV3 ? v3(request, host, unsigned) : v1(request, host);
            var theirs = isV3 ? request.header("Authorization") : form(request).get("Signature");
            if (!ours.equals(theirs) || !(receive(request, host) instanceof Accepted)) {
                differences.add("request " + i + " of seed " + SEED + ": " + request.method() + " " + signMethod);
            }
        }
        assertThat(differences).isEmpty();
    }

    private String v3(Request request, String host, boolean unsigned) {
        var signed = new TreeMap<>(Map.of("content-type", String.valueOf(request.header("Content-Type")), "host", host));
        var payload = unsigned ? "UNSIGNED-PAYLOAD".getBytes(StandardCharsets.US_ASCII) : body(request);
        var canonical = new CanonicalRequest(request.method(), request.method().equals("GET") ? query(request) : "", signed,
                Digests.sha256Hex(payload));
        var seconds = Long.parseLong(String.valueOf(request.header("X-TC-Timestamp")));
        return signer.authorization(canonical, host.split("\\.", -1)[0], Instant.ofEpochSecond(seconds));
    }

    private static String v1(Request request, String host) throws FormParameters.MalformedFormException {
        var parameters = form(request);
        var unsigned = new TreeMap<>(parameters);
        unsigned.remove("Signature");
        return SignatureV1.signature(SignatureV1.algorithm(parameters.get("SignatureMethod")), SECRET_KEY,
                SignatureV1.stringToSign(request.method(), host, unsigned));
    }

    private AuthenticationResult receive(Request request, String host) {
        var headers = new HashMap<String, String>();
        request.headers().toMultimap().forEach((name, values) -> headers.put(name, values.get(0)));
        headers.put("host", host);
        if (request.body() != null) {
            headers.putIfAbsent("content-type", String.valueOf(request.body().contentType()));
        }
        return authenticator.authenticate(new ReceivedRequest(request.method(), query(request), headers, body(request)),
                Instant.now());
    }

    private static Map<String, String> form(Request request) throws FormParameters.MalformedFormException {
        return FormParameters.parse(request.method().equals("GET") ? query(request)
                : new String(body(request), StandardCharsets.ISO_8859_1)).values();
    }

    private static String query(Request request) {
        var query = request.url().encodedQuery();
        return query == null ? "" : query;
    }

    private static byte[] body(Request request) {
        var body = request.body();
        if (body == null) {
            return new byte[0];
        }
        try (var buffer = new Buffer()) {
            body.writeTo(buffer);
            return buffer.readByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> values(String nameCharacters) {
        var values = new TreeMap<String, String>();
        var count = random.nextInt(8);
        for (var i = 0; i < count; i++) {
            values.put(name(nameCharacters), value());
        }
        return values;
    }

    /** Starts with a letter that no common parameter starts with, so that no name occurs twice. */
    private String name(String characters) {
        var name = new StringBuilder("Q");
        for (var i = random.nextInt(12); i > 0; i--) {
            name.append(characters.charAt(random.nextInt(characters.length())));
        }
        return name.toString();
    }

    private String value() {
        var value = new StringBuilder();
        for (var i = random.nextInt(24); i > 0; i--) {
            value.append(pick(VALUE_CHARACTERS));
        }
        return value.toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
