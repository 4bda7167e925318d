package io.cardverification.performance;

/** What an answer of the gateway is to the one who asked. */
enum AnswerKind {

    OK,
    REFUSED_AT_ONCE,
    WAITED_OUT,
    OTHER;

    static AnswerKind of(LoadConnection caller) {
        if (caller.status() == 200) {
            return OK;
        }
        var text = caller.status() == 503 ? caller.text() : "";
        if (!text.contains("\r\nRetry-After: ") || !text.contains("queue-full")) {
            return OTHER;
        }
        return text.contains("\"waitedMillis\":0,") ? REFUSED_AT_ONCE : WAITED_OUT;
    }
}
