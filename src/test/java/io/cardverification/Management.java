package io.cardverification;

import org.eclipse.microprofile.config.ConfigProvider;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

/** Where probes and metrics are: on a port of their own where there is one. */
public final class Management {

    private Management() {
    }

    public static RequestSpecification given() {
        var config = ConfigProvider.getConfig();
        return config.getOptionalValue("quarkus.management.enabled", Boolean.class).orElse(false)
                ? RestAssured.given().port(config.getValue("quarkus.management.test-port", Integer.class))
                : RestAssured.given();
    }
}
