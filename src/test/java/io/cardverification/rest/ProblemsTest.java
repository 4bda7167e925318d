package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.resteasy.problem.HttpProblem;

class ProblemsTest {

    @Test
    void a_defect_repeats_nothing_and_its_charge_is_unknown() {
        var answer = new Problems().defect(new IllegalStateException("Wei Xiaobao"));
        assertThat(answer.getStatus()).isEqualTo(500);
        var problem = (HttpProblem) answer.getEntity();
        assertThat(problem.getType()).hasToString("urn:problem:card-verification:defect");
        assertThat(problem.getParameters()).containsEntry("charged", "unknown");
        assertThat(problem.toString()).doesNotContain("Wei");
    }
}
