package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExceptionMappersTest {

    @Test
    void a_defect_repeats_nothing_and_its_charge_is_unknown() {
        var answer = new ExceptionMappers().unexpected(new IllegalStateException("Wei Xiaobao"));
        assertThat(answer.getStatus()).isEqualTo(500);
        var members = ((Problem) answer.getEntity()).members();
        assertThat(members).containsEntry("type", "urn:problem:card-verification:defect").containsEntry("charged", "unknown");
        assertThat(members.toString()).doesNotContain("Wei");
    }
}
