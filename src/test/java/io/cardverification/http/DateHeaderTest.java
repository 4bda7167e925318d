package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

class DateHeaderTest {

    @Test
    void formats_the_day_with_two_digits_like_rfc_9110() {
        var clock = Clock.fixed(Instant.parse("1994-11-06T08:49:37.999Z"), ZoneOffset.UTC);
        assertThat(new DateHeader(clock).now()).hasToString("Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
