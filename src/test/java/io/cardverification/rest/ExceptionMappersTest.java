package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExceptionMappersTest {

    @Test
    void unexpected_exception_hides_message_and_charge() {
        var answer = new ExceptionMappers().unexpected(new IllegalStateException("Wei Xiaobao"));
        assertThat(answer.getStatus()).isEqualTo(500);
        var members = ((Problem) answer.getEntity()).members();
        assertThat(members).containsEntry("type", "urn:problem:card-verification:internal-error").containsEntry("charged",
                "unknown");
        assertThat(members.toString()).doesNotContain("Wei");
    }
}
