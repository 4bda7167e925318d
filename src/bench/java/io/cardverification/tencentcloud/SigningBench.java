package io.cardverification.tencentcloud;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import com.tencentcloudapi.common.AbstractClient;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;

/**
 * Measures a v3 signature: made by the official Java SDK, made by this project, checked by this project. Prints one table of
 * medians, because other load on the machine disturbs medians least.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SigningBench {

    private static final String HOST = "127.0.0.1:8080";
    private static final String CONTENT_TYPE = "application/json; charset=utf-8";
    private static final byte[] BODY = "{\"IdCard\":\"11204416541220243X\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\"6226090210146748\"}"
            .getBytes(StandardCharsets.UTF_8);
    private static final Credentials CREDENTIALS = new Credentials("AKIDEXAMPLE", "SECRETEXAMPLE", null);

    private final Instant now = Instant.ofEpochSecond(1700000000);
    private final Signer signer = new Signer(Action.BANK_CARD_VERIFICATION, CREDENTIALS);
    private final RequestAuthenticator authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION,
            List.of(CREDENTIALS));
    private final ReceivedRequest sentByTheSdk;
    private final HashMap<String, String> sdkHeaders;
    private final MethodHandle sdk;

    public SigningBench() {
        var http = new HttpProfile();
        http.setEndpoint(HOST);
        var client = new CommonClient("faceid", "2018-03-01", new Credential("AKIDEXAMPLE", "SECRETEXAMPLE"), "",
                new ClientProfile(ClientProfile.SIGN_TC3_256, http));
        sdkHeaders = new HashMap<>(Map.of("Content-Type", CONTENT_TYPE, "Host", HOST, "X-TC-Action", "BankCardVerification",
                "X-TC-Version", "2018-03-01", "X-TC-Timestamp", Long.toString(now.getEpochSecond())));
        try {
            sdk = MethodHandles.privateLookupIn(AbstractClient.class, MethodHandles.lookup())
                    .findVirtual(AbstractClient.class, "getAuthorization",
                            MethodType.methodType(String.class, HashMap.class, byte[].class))
                    .bindTo(client);
            var headers = new HashMap<String, String>();
            sdkHeaders.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            headers.put("authorization", (String) sdk.invoke(sdkHeaders, BODY));
            sentByTheSdk = new ReceivedRequest("POST", "", headers, BODY);
        } catch (Throwable e) {
            throw new IllegalStateException("the SDK signs in a private method, which this version does not have", e);
        }
        if (!(authenticator.authenticate(sentByTheSdk, now) instanceof AuthenticationResult.Accepted)) {
            throw new IllegalStateException("what the SDK signs is refused");
        }
    }

    @Benchmark
    public Object sdkSigns() throws Throwable {
        return sdk.invoke(sdkHeaders, BODY);
    }

    @Benchmark
    public Object weSign() {
        return signer.sign(HOST, CONTENT_TYPE, BODY, now);
    }

    @Benchmark
    public Object weCheck() {
        return authenticator.authenticate(sentByTheSdk, now);
    }

    private record Cost(String name, double nanos, double bytes) {

        static Cost of(RunResult result) {
            var bytes = result.getSecondaryResults().entrySet().stream()
                    .filter(entry -> entry.getKey().contains("alloc.rate.norm")).findFirst().orElseThrow().getValue();
            return new Cost(result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getStatistics().getPercentile(50), bytes.getScore());
        }

        String row(String title, Cost theirs) {
            return String.format(Locale.ROOT, "| %s | %.0f ns | %.2f | %.0f bytes | %.2f |%n", title, nanos,
                    nanos / theirs.nanos, bytes, bytes / theirs.bytes);
        }
    }

    public static void main(String[] arguments) throws RunnerException {
        var costs = new Runner(new OptionsBuilder().include(SigningBench.class.getName()).addProfiler(GCProfiler.class)
                .build()).run().stream().map(Cost::of).toList();
        System.out.println("\n| v3 signature | Time | Of the SDK's | Allocated | Of the SDK's |\n|---|--:|--:|--:|--:|\n"
                + row("made by the official Java SDK", "sdkSigns", costs) + row("made by this gateway", "weSign", costs)
                + row("checked by this gateway", "weCheck", costs));
    }

    private static String row(String title, String name, List<Cost> costs) {
        return named(name, costs).row(title, named("sdkSigns", costs));
    }

    private static Cost named(String name, List<Cost> costs) {
        return costs.stream().filter(cost -> cost.name().equals(name)).findFirst().orElseThrow();
    }
}
