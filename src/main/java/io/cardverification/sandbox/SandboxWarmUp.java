package io.cardverification.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.ReceivedRequest;
import io.cardverification.tencentcloud.Signer;

/**
 * Warms up the sandbox by processing requests of its own at start-up. Without it, each of the first requests takes tens of
 * milliseconds, and the next ones wait to be counted. That would count requests close together that left the gateway well
 * apart.
 */
final class SandboxWarmUp {

    private static final int REQUESTS = 200;

    private SandboxWarmUp() {
    }

    static void run(SandboxConfig config, Clock clock) {
        var body = "{\"IdCard\":\"11204416541220243X\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\"6226090210146748\"}"
                .getBytes(StandardCharsets.UTF_8);
        var signer = new Signer(Action.BANK_CARD_VERIFICATION, SandboxRouter.credentials(config));
        var settings = new SandboxSettings(REQUESTS, Policer.LimitAlgorithm.SLIDING_WINDOW, 0, 0, 0, 0, 0, REQUESTS, List.of());
        var api = new SandboxApi(SandboxRouter.credentials(config), new Policer(settings.limitAlgorithm(), settings.limit()),
                new DailyLimit(clock, new byte[0]), new RequestJournal(unwritten -> {
                }), new RejectionLog(), clock, 0);
        for (var i = 0; i < REQUESTS; i++) {
            var headers = new HashMap<>(Map.of("host", "localhost", "content-type", "application/json"));
            signer.sign("localhost", "application/json", body, clock.instant())
                    .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            api.respond(new ReceivedRequest("POST", "", headers, body), "warm-up", i, Optional.empty(), settings)
                    .envelope("warm-up").toBuffer();
        }
    }
}
