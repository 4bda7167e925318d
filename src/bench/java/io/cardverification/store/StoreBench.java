package io.cardverification.store;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.cardverification.store.file.FileStore;
import io.cardverification.store.file.FileStore.FileParts;
import io.cardverification.store.postgresql.PostgresqlConfig;
import io.cardverification.store.postgresql.PostgresqlStore;
import io.cardverification.store.postgresql.PostgresqlStore.PostgresqlParts;
import io.cardverification.store.sql.AgreedSettings;
import io.cardverification.store.sql.SqlStore;
import io.cardverification.store.sql.StoreSettings;
import io.cardverification.store.sql.StoreTimer;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationResult;
import io.vertx.core.Vertx;

/**
 * How long a departure takes at 20/s, and how many whole questions a second the durable stores take: key, departure, answer,
 * ledger entry and end.
 *
 * <p>
 * The database: {@code -Dstore.port=5432}, with the user and the database {@code postgres} and no password. Without it, only
 * the file is measured.
 */
public final class StoreBench {

    private static final int RATE = 20;
    private static final int WARM_UP = 2_000;
    private static final int TIMED = 600;
    private static final int IN_FLIGHT = 256;
    private static final int MOST = 20_000;
    private static final String CALLER = "shop";
    private static final VerificationResult PASSED = new VerificationResult(ResultCode.AUTHENTICATED, "Authentication passed",
            "5e2a0f4e-7b1c-4c8e-9b55-3a5d4f4d0001");

    private final Clock clock = Clock.systemUTC();
    private final long process = new SecureRandom().nextLong();
    private final SqlStore store;
    private int number;

    private StoreBench(java.util.function.Function<StoreBench, SqlStore> opened) {
        this.store = opened.apply(this);
    }

    public static void main(String[] arguments) throws Exception {
        var timer = new StoreTimer(Executors.newSingleThreadScheduledExecutor());
        var directory = Files.createTempDirectory(Path.of("target"), "store");
        new StoreBench(bench -> FileStore.open(directory.resolve("gateway.db"), bench.settings(), Optional.empty(),
                secret -> AgreedSettings.of(RATE, Duration.ofSeconds(1), "AKID", secret),
                new FileParts(bench.clock, System::nanoTime, timer, new SecureRandom())).store()).run("file");
        var port = Integer.getInteger("store.port", 0);
        if (port > 0) {
            var vertx = Vertx.vertx();
            new StoreBench(bench -> PostgresqlStore.open(new Database(port), bench.settings(),
                    AgreedSettings.of(RATE, Duration.ofSeconds(1), "AKID", "s".repeat(32)),
                    new PostgresqlParts(vertx, bench.clock, System::nanoTime, timer)).store()).run("postgresql");
        }
        System.exit(0);
    }

    private StoreSettings settings() {
        return new StoreSettings(process, Duration.ofDays(7), 10_000_000, false, Duration.ofSeconds(3));
    }

    private record Database(int port) implements PostgresqlConfig {

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public String database() {
            return "postgres";
        }

        @Override
        public String user() {
            return "postgres";
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }

        @Override
        public String schema() {
            return "bench";
        }

        @Override
        public int poolSize() {
            return 4;
        }

        @Override
        public Tls tls() {
            return Tls.DISABLE;
        }

        @Override
        public Optional<Path> trustCertificate() {
            return Optional.empty();
        }
    }

    private void run(String name) throws InterruptedException {
        atMost(WARM_UP);
        System.out.printf("%s, departures at %d/s: %s%n", name, RATE, paced());
        System.out.printf("%s, most: %.0f questions/s%n", name, atMost(MOST));
    }

    private DepartingCall next() {
        var bytes = new byte[32];
        ByteBuffer.wrap(bytes).putLong(process).putInt(++number);
        var hash = new Fingerprint(ByteBuffer.wrap(bytes));
        return new DepartingCall(new CallId(process, number), new SharingKey(CALLER, hash), hash, "1234", CALLER,
                Integer.MAX_VALUE, false, List.of(new KeyClaim(CALLER, hash, hash)), clock.instant());
    }

    private void end(DepartingCall call) {
        store.settle(call.keys().get(0), PASSED);
        store.append(new Ledger.Entry(CALLER, call.values().toHex(), "1234", PASSED, false), clock.instant());
        store.end(new EndedCall(call.id(), PASSED, Map.of(CALLER, 1)));
    }

    private String paced() throws InterruptedException {
        var nanos = new long[TIMED];
        var start = System.nanoTime();
        for (var at = 0; at < TIMED; at++) {
            LockSupport.parkNanos(start + at * TimeUnit.SECONDS.toNanos(1) / RATE - System.nanoTime());
            var call = next();
            var done = new CountDownLatch(1);
            var from = System.nanoTime();
            store.depart(call).subscribe().with(departure -> done.countDown());
            done.await();
            nanos[at] = System.nanoTime() - from;
            end(call);
        }
        Arrays.sort(nanos);
        return String.format("p50 %.2f ms, p99 %.2f ms, max %.2f ms", nanos[TIMED / 2] / 1e6, nanos[TIMED * 99 / 100] / 1e6,
                nanos[TIMED - 1] / 1e6);
    }

    private double atMost(int questions) throws InterruptedException {
        var free = new Semaphore(IN_FLIGHT);
        var start = System.nanoTime();
        for (var at = 0; at < questions; at++) {
            free.acquire();
            var call = next();
            store.depart(call).subscribe().with(departure -> {
                end(call);
                free.release();
            });
        }
        var written = new CountDownLatch(1);
        store.drain().subscribe().with(done -> written.countDown());
        written.await();
        return questions / ((System.nanoTime() - start) / 1e9);
    }
}
