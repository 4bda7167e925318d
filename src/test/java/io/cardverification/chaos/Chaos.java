package io.cardverification.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.cardverification.chaos.ObservedResponse.How;
import io.cardverification.chaos.Plan.ScheduledCall;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.RestartableProcess;
import io.cardverification.testing.StoreRows;
import io.vertx.core.json.JsonObject;

/**
 * Thousands of questions through a gateway process to a sandbox process, while a fifth of all requests goes wrong, callers hang
 * up, connections are refused, the upstream's clock jumps, the sandbox is killed, the gateway is restarted and, with its store
 * in a file, killed. Then the sandbox's own ledger, the rows of the gateway's store and what callers were told are compared,
 * row
 * by row.
 *
 * <p>
 * {@code -Dchaos.seed} decides all that is random here and in the sandbox; what the machine does in between is its own.
 */
public final class Chaos {

    static final String SECRET = "chaos-chaos-chaos-chaos-chaos-chaos";

    /** A fifth of all, of every kind; each error code comes by the sandbox's cards, too. */
    private static final List<String> FAULTS = List.of("2% reset-before-body", "3% reset-after-body", "1.5% never-answer",
            "2% truncate", "2% wrong-content-type", "2% http-500", "2% http-502", "1% http-429", "0.5% slow-bytes",
            "1% error InternalError", "1% error ServiceUnavailable", "0.5% error AuthFailure.SignatureExpire",
            "1.5% error RequestLimitExceeded");

    private static final int PER_SECOND = 60;
    private static final int CALLERS = 200;
    private static final int WARM_UPS = 300;
    private static final int MAX_CONNECTIONS_OF_A_KEY = 20;

    private final Path folder;
    private final long seed;
    private final int questions;
    private final int kills;
    private final int sandboxPort = FreePorts.one();
    private final int gatewayPort = FreePorts.one();
    private final int managementPort = FreePorts.one();
    private final List<Kill> killed = new ArrayList<>();

    /**
     * @param folder for logs, ledgers and the store
     * @param kills how often the gateway is killed
     */
    Chaos(Path folder, long seed, int questions, int kills) {
        this.folder = folder;
        this.seed = seed;
        this.questions = questions;
        this.kills = kills;
    }

    Figures run() throws Exception {
        try (var sandbox = sandbox(); var gateway = gateway()) {
            var told = askAll(sandbox, gateway);
            gateway.stop();
            sandbox.stop();
            return reconciled(told);
        }
    }

    private Figures reconciled(List<ObservedResponse> told) throws Exception {
        var store = new StoreRows(folder.resolve("data/gateway.db"));
        var charges = lines("sandbox-ledger.jsonl");
        return Reconciliation.of(told, store.ledger(), charges, killed)
                .and(StoreReconciliation.of(store, lines("gateway-ledger.jsonl"), charges, kills));
    }

    private List<JsonObject> lines(String file) throws IOException {
        try (var lines = Files.lines(folder.resolve(file))) {
            return lines.map(JsonObject::new).toList();
        }
    }

    private List<ObservedResponse> askAll(RestartableProcess sandbox, RestartableProcess gateway) throws Exception {
        var plan = new Plan(seed);
        var caller = new StormClient(gatewayPort);
        var starts = Executors.newScheduledThreadPool(CALLERS);
        warmUp(caller);
        var told = new ArrayList<ObservedResponse>();
        var troubles = new ArrayList<>(List.<Callable<Void>> of(() -> refuseConnections(sandbox), () -> crash(sandbox),
                () -> jump(sandbox, 900), () -> refuseConnections(sandbox), () -> restart(gateway), () -> jump(sandbox, 0)));
        for (var kill = 0; kill < kills; kill++) {
            troubles.add(Math.min(2 * kill, troubles.size()), () -> kill(gateway));
        }
        for (var trouble : troubles) {
            told.addAll(askAmid(trouble, plan.errands(questions / troubles.size(), PER_SECOND), caller, starts));
        }
        starts.shutdown();
        return told;
    }

    /** The trouble comes when half of them have been asked, and the others go on meanwhile. */
    private static List<ObservedResponse> askAmid(Callable<Void> trouble, List<ScheduledCall> errands, StormClient caller,
            ScheduledExecutorService starts) throws Exception {
        var told = new ArrayList<Future<List<ObservedResponse>>>();
        for (var errand : errands) {
            told.add(starts.schedule(() -> run(errand, caller), errand.atMillis(), TimeUnit.MILLISECONDS));
        }
        told.get(told.size() / 2).get(10, TimeUnit.MINUTES);
        trouble.call();
        return collected(told);
    }

    /** Two cold processes on a busy machine look like an upstream that is ill. What is asked here is compared with nothing. */
    private static void warmUp(StormClient caller) {
        for (var each = 0; each < WARM_UPS; each++) {
            caller.ask(new Question(-1, "6226%012d".formatted(each), "Warm", "11204416541220243X", false), each % 2 == 0, null,
                    -1);
        }
    }

    private static List<ObservedResponse> collected(List<Future<List<ObservedResponse>>> told)
            throws InterruptedException, ExecutionException {
        var all = new ArrayList<ObservedResponse>();
        for (var each : told) {
            all.addAll(each.get());
        }
        return all;
    }

    /** With a key, it is asked again until the gateway answers. */
    private static List<ObservedResponse> run(ScheduledCall errand, StormClient caller) {
        var told = new ArrayList<ObservedResponse>();
        for (var dropMillis : errand.dropsMillis()) {
            told.add(caller.ask(errand.question(), errand.isSdk(), errand.key(), dropMillis));
        }
        while (errand.key() != null && told.get(told.size() - 1).how() == How.BROKEN
                && told.size() < MAX_CONNECTIONS_OF_A_KEY) {
            told.add(caller.ask(errand.question(), errand.isSdk(), errand.key(), -1));
        }
        return told;
    }

    private Void refuseConnections(RestartableProcess sandbox) throws Exception {
        sandbox.send("POST", control("close-port?millis=300"), "");
        return null;
    }

    private Void crash(RestartableProcess sandbox) throws Exception {
        sandbox.kill();
        sandbox.start();
        return null;
    }

    private Void jump(RestartableProcess sandbox, int seconds) throws Exception {
        sandbox.send("PATCH", control("settings"), "{\"clockOffsetMicros\":" + seconds * 1_000_000L + "}");
        return null;
    }

    private Void restart(RestartableProcess gateway) throws Exception {
        gateway.restart();
        return null;
    }

    private Void kill(RestartableProcess gateway) throws Exception {
        var began = System.nanoTime();
        gateway.kill();
        gateway.start();
        killed.add(new Kill(began, System.nanoTime()));
        return null;
    }

    private URI control(String path) {
        return URI.create("http://localhost:" + sandboxPort + "/_sandbox/" + path);
    }

    private RestartableProcess sandbox() throws Exception {
        var properties = new ArrayList<>(List.of("-Dquarkus.profile=sandbox-only", "-Dgateway.sandbox.port=" + sandboxPort,
                "-Dgateway.sandbox.limit=100", "-Dgateway.sandbox.daily-limit=0", "-Dgateway.sandbox.seed=" + seed,
                "-Dgateway.sandbox.latency=20ms", "-Dgateway.sandbox.latency-p99=300ms",
                "-Dgateway.sandbox.faults=" + String.join(",", FAULTS),
                "-Dquarkus.log.category.\"sandbox.ledger\".level=DEBUG"));
        properties.addAll(ledger());
        return new RestartableProcess(folder, "sandbox", control("counters"), properties);
    }

    private RestartableProcess gateway() throws Exception {
        var properties = new ArrayList<>(List.of("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + gatewayPort,
                "-Dquarkus.management.port=" + managementPort,
                "-Dgateway.sandbox.enabled=false", "-Dgateway.upstream.endpoint=http://localhost:" + sandboxPort,
                "-Dgateway.pacing.limit=100", "-Dquarkus.rest-client.tencentcloud.connection-pool-size=400",
                "-Dgateway.pacing.max-wait=5s", "-Dgateway.sharing.secret=" + SECRET, "-Dgateway.store=file",
                "-Dgateway.upstream.answer-timeout=4s", "-Dgateway.upstream.retry-backoff=50ms",
                "-Dquarkus.rest-client.tencentcloud.connect-timeout=1000",
                "-Dquarkus.rest-client.tencentcloud.read-timeout=2500",
                "-Dgateway.upstream.circuit-breaker.delay=1s",
                "-Dgateway.ledger.file=gateway-ledger.jsonl"));
        return new RestartableProcess(folder, "gateway", URI.create("http://localhost:" + managementPort + "/q/health/ready"),
                properties);
    }

    static List<String> ledger() {
        var handler = "-Dquarkus.log.handler.file.\"LEDGER\".";
        return List.of(handler + "enabled=true", handler + "path=sandbox-ledger.jsonl", handler + "format=%s%n",
                handler + "rotation.enabled=false", "-Dquarkus.log.category.\"sandbox.ledger\".handlers=LEDGER",
                "-Dquarkus.log.category.\"sandbox.ledger\".use-parent-handlers=false");
    }
}
