package io.cardverification.rest;

/** Carries a problem document to {@link ExceptionMappers}. Has no stack trace: the caller made the mistake, not the code. */
final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super("problem document", null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
