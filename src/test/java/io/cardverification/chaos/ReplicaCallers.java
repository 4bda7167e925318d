package io.cardverification.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import io.cardverification.chaos.ObservedResponse.How;

/**
 * Callers behind a load balancer: the gateways get the questions in turns, except one that has just failed. Each question has
 * its own card and its own key, and is asked until it has a result or an unknown charge. Threads: any.
 */
final class ReplicaCallers {

    private static final long AVOIDED_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<StormClient> clients;
    private final int patienceMillis;
    private final int callers;
    private final ExecutorService threads;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final Map<Integer, Long> avoidedUntilNanos = new ConcurrentHashMap<>();
    private final Map<Integer, ObservedResponse> answers = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    /** @param patienceMillis after which a caller hangs up and repeats its question elsewhere */
    ReplicaCallers(ReplicaFleet fleet, int callers, int patienceMillis) {
        this.clients = IntStream.range(0, ReplicaFleet.REPLICAS).mapToObj(each -> new StormClient(fleet.port(each), 0))
                .toList();
        this.patienceMillis = patienceMillis;
        this.callers = callers;
        this.threads = Executors.newFixedThreadPool(callers);
    }

    void begin() {
        for (var caller = 0; caller < callers; caller++) {
            threads.execute(() -> {
                while (!isOver) {
                    ask(asked.getAndIncrement());
                }
            });
        }
    }

    /** Returns when each question has its answer. */
    void end() throws InterruptedException {
        isOver = true;
        threads.shutdown();
        if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("questions remain without an answer");
        }
    }

    int asked() {
        return asked.get();
    }

    /** Connections that a gateway accepted and closed without an answer. */
    int broken() {
        return broken.get();
    }

    Map<Integer, ObservedResponse> answers() {
        return answers;
    }

    void awaitAnswers(int more) {
        var all = answers.size() + more;
        Awaitility.await(more + " more answers").atMost(Duration.ofMinutes(2)).until(() -> answers.size() >= all);
    }

    static Question question(int number) {
        return new Question(number, "6226%012d".formatted(number), "Wei Xiaobao", "11204416541220243X", true);
    }

    private void ask(int number) {
        ObservedResponse answer = null;
        for (var attempt = number; answer == null; attempt++) {
            var replica = attempt % ReplicaFleet.REPLICAS;
            if (attempt - number >= ReplicaFleet.REPLICAS) {
                LockSupport.parkNanos(PAUSE_NANOS); // all have failed
            } else if (isAvoided(replica)) {
                continue;
            }
            answer = tryAsk(replica, question(number));
            if (answer == null) {
                avoidedUntilNanos.put(replica, System.nanoTime() + AVOIDED_NANOS);
            }
        }
        answers.put(number, answer);
    }

    private boolean isAvoided(int replica) {
        var until = avoidedUntilNanos.get(replica);
        return until != null && System.nanoTime() - until < 0;
    }

    /** @return null if the question must be asked again */
    private @Nullable ObservedResponse tryAsk(int replica, Question question) {
        var response = clients.get(replica).ask(question, false, "key " + question.number(), patienceMillis);
        if (response.how() == How.BROKEN) {
            broken.incrementAndGet();
        }
        return response.how() == How.ANSWERED && !response.charged().equals("false") ? response : null;
    }
}
