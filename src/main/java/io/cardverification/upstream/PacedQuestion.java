package io.cardverification.upstream;

import io.cardverification.pacing.Permit;

/** What is sent, and the permit that has to be told when it is. */
record PacedQuestion(WireQuestion question, Permit permit) {
}
