package io.cardverification.coalescing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;

/**
 * One call to the upstream and the requests that await it.
 *
 * <p>
 * A request whose caller disconnects stays until the call ends, since the charge may fall to it. If all callers disconnect
 * before the request is sent, nothing is sent.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions. The pacer's lock may be taken within it, never the reverse. No
 * completion is delivered within it.
 */
final class InFlightCall {

    private final ChargeOwners owners;
    private final CallRecord record;
    private final VerificationCall call;
    private final Consumer<InFlightCall> onClosed;
    /** Joined and not completed. Usually one, and thousands of calls may wait. */
    private final List<Participant> participants = new ArrayList<>(1);
    /** Joined and not completed, also before they await. */
    private int openRequests;
    private @Nullable Completion completion;
    /** Whether it accepts no further request. */
    private boolean closed;

    InFlightCall(CallerRequest first, RecordedCalls calls, Consumer<InFlightCall> onClosed) {
        this.owners = new ChargeOwners(first.caller());
        this.record = new CallRecord(calls, first, this::waiting, this::settle, this::reject);
        this.onClosed = onClosed;
        this.call = calls.open(first, record, this::onCallEnded);
    }

    /** @return false if the call is closed; then the request needs another call */
    synchronized boolean join() {
        openRequests += closed ? 0 : 1;
        return !closed;
    }

    /**
     * After {@link #join}.
     *
     * @param receiver gets one completion; it returns when the request is recorded
     * @param onAbandoned runs instead if all other callers disconnected just before; then the request needs another call
     */
    void await(CallerRequest request, Consumer<Completion> receiver, Runnable onAbandoned) {
        var participant = new Participant(request, completion -> {
            if (isAbandoned(completion) && !request.connection().isDisconnected()) {
                close();
                onAbandoned.run();
            } else {
                receiver.accept(completion);
            }
        });
        synchronized (this) {
            participants.add(participant);
        }
        record.join(request);
        call.join(request.options()).subscribe().withSubscriber(new Waiting(participant));
        request.connection().onDisconnect(() -> disconnect(participant));
    }

    /** Before the end of the call closes it, so that a request that needs another call does not join this one again. */
    private synchronized void close() {
        closed = true;
    }

    /** Knows how to stop waiting before it receives a completion, which may happen within the subscription. */
    private final class Waiting implements UniSubscriber<Completion> {

        private final Participant participant;

        Waiting(Participant participant) {
            this.participant = participant;
        }

        @Override
        public void onSubscribe(UniSubscription subscription) {
            synchronized (InFlightCall.this) {
                participant.setWaiting(subscription);
                if (!participant.isCompleted()) {
                    return;
                }
            }
            subscription.cancel();
        }

        @Override
        public void onItem(Completion completion) {
            complete(participant, completion, false);
        }

        @Override
        public void onFailure(Throwable unexpected) {
            onItem(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT));
        }
    }

    private static boolean isAbandoned(Completion completion) {
        return completion instanceof VerificationFailure failure && failure.reason() == Reason.CALLER_DISCONNECTED;
    }

    private synchronized List<CallerRequest> waiting() {
        return participants.stream().filter(participant -> !participant.isDisconnected()).map(Participant::request).toList();
    }

    /** @param isDue whether a disconnected request receives it, too */
    private void complete(Participant participant, Completion completion, boolean isDue) {
        Completion assigned;
        synchronized (this) {
            if ((participant.isDisconnected() && !isDue) || !participant.complete()) {
                return;
            }
            participants.remove(participant);
            assigned = owners.assign(completion, participant.request().caller());
        }
        participant.receive(assigned);
        synchronized (this) {
            openRequests--;
        }
        completeDisconnected();
    }

    private void disconnect(Participant participant) {
        synchronized (this) {
            if (!participant.disconnect()) {
                return;
            }
            participants.remove(participant); // of several, the first to disconnect bears the charge
            participants.add(participant);
        }
        participant.stopWaiting();
        completeDisconnected();
    }

    /** The store knows the completions of these keys, so their requests do not wait for this call. */
    private void settle(Map<Fingerprint, Completion> known) {
        if (known.isEmpty()) {
            return;
        }
        for (var participant : participants()) {
            var key = participant.request().idempotencyKey();
            var completion = key == null ? null : known.get(key);
            if (completion != null) {
                stop(participant, completion);
            }
        }
    }

    /** @return whether requests of other callers wait; if none does, nothing was completed */
    private boolean reject(String caller, Completion completion) {
        if (waiting().stream().allMatch(request -> request.caller().equals(caller))) {
            return false;
        }
        participants().stream().filter(participant -> participant.request().caller().equals(caller))
                .forEach(participant -> stop(participant, completion));
        return true;
    }

    private synchronized List<Participant> participants() {
        return List.copyOf(participants);
    }

    private void stop(Participant participant, Completion completion) {
        participant.stopWaiting();
        complete(participant, completion, true);
    }

    private void onCallEnded(Completion completion) {
        synchronized (this) {
            this.completion = completion;
            closed = closed || isAbandoned(completion);
        }
        completeDisconnected();
    }

    /** Completes the disconnected requests if the call has ended or is abandoned, and closes it if no request is left. */
    private void completeDisconnected() {
        List<Participant> due = List.of();
        Completion ended;
        boolean isClosed;
        synchronized (this) {
            // No waiter remains, so a call that is not committed now will never be sent.
            if (completion == null && openRequests == disconnected() && !call.isCommitted()) {
                completion = VerificationFailure.of(Reason.CALLER_DISCONNECTED);
                closed = true;
            }
            ended = completion;
            if (ended != null) {
                due = participants.stream().filter(Participant::isDisconnected).toList();
            }
            closed = closed || (ended != null && openRequests == 0);
            isClosed = closed;
        }
        if (isClosed) {
            onClosed.accept(this);
        }
        if (ended != null) {
            for (var participant : due) {
                complete(participant, ended, true);
            }
        }
        endRecord();
    }

    private int disconnected() {
        var count = 0;
        for (var participant : participants) {
            count += participant.isDisconnected() ? 1 : 0;
        }
        return count;
    }

    /** After the last request has received its completion, so that its ledger entry comes before the end. */
    private void endRecord() {
        Completion ended;
        Map<String, Integer> charges;
        synchronized (this) {
            ended = openRequests == 0 && closed ? completion : null;
            charges = owners.charges();
        }
        if (ended != null) {
            record.end(ended, charges);
        }
    }
}
