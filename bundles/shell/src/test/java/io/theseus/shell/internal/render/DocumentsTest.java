// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.release.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    @Test
    void report() {
        assertThat(Json.text(ReportJson.of(Samples.report("install", Report.Outcome.UNDONE))))
                .isEqualToIgnoringNewLines("""
                        {
                          "number" : 7,
                          "operation" : "install",
                          "from" : "shop/1.0.0",
                          "to" : "shop/2.0.0",
                          "outcome" : "undone",
                          "at" : "2026-11-20T10:15:30.123Z",
                          "took_us" : 1240000,
                          "who" : "karaf",
                          "reason" : "the shop asked for it",
                          "figures" : {
                            "bundles" : 5,
                            "suspended_us" : 4120,
                            "switch_us" : 3,
                            "waited_calls" : 17
                          },
                          "steps" : [ {
                            "text" : "load acme.ledger",
                            "took_us" : 3
                          } ],
                          "problems" : [ {
                            "code" : "state-not-convertible",
                            "where" : "ledger.Accounts",
                            "text" : "the field 'limit' is lost",
                            "hint" : "add allow_loss: [limit]"
                          } ]
                        }""");
    }

    @Test
    void plan() {
        assertThat(Json.text(PlanJson.of(Samples.plan(List.of())))).isEqualToIgnoringNewLines("""
                        {
                          "from" : "shop/1.0.0",
                          "to" : "shop/2.0.0",
                          "direction" : "up",
                          "applications" : [ {
                            "application" : "acme.ledger",
                            "from" : "1.0.0",
                            "to" : "2.0.0",
                            "how" : "update ledger.Accounts",
                            "origin" : "appup",
                            "why" : "it holds state"
                          }, {
                            "application" : "acme.mail",
                            "from" : "",
                            "to" : "1.0.0",
                            "how" : "add_application",
                            "origin" : "generated",
                            "why" : "it is new"
                          } ],
                          "script" : [ {
                            "instruction" : "load_object_code acme.ledger 2.0.0",
                            "from" : "appup.yaml:4"
                          }, {
                            "instruction" : "point_of_no_return",
                            "from" : "generated"
                          } ],
                          "brings" : [ {
                            "kind" : "configuration",
                            "name" : "acme.rates~eu",
                            "there" : false
                          }, {
                            "kind" : "file",
                            "name" : "etc/acme.xml",
                            "there" : true
                          } ],
                          "notes" : [ "acme.ledger is suspended; acme.checkout waits with it" ],
                          "problems" : [ ]
                        }""");
    }

    @Test
    void statusAndApplications() {
        assertThat(Json.text(StatusJson.of(Samples.STATUS, Samples.UNSETTLED)))
                .contains(
                        "\"permanent\" : \"shop/1.0.0\"",
                        "\"baked_ms\" : 12300",
                        "\"thread\" : \"qtp-31\"",
                        "\"state\" : \"refused\"",
                        "\"state\" : \"waits\"");
        assertThat(Json.text(ApplicationJson.of(Samples.APPLICATIONS.get(0))))
                .contains("\"other\" : \"2.0.0\"", "\"side_by_side\" : true", "\"services\" : 2");
        assertThat(ApplicationJson.of(Samples.APPLICATIONS.get(1))).doesNotContainKey("other");
    }

    @Test
    void release() {
        assertThat(Json.text(ReleaseJson.of(Samples.RELEASES.get(0))))
                .contains(
                        "\"release\" : \"shop/2.0.0\"",
                        "\"since\" : \"2026-11-20T10:15:30.123Z\"",
                        "\"symbolic_name\" : \"acme.api\"",
                        "\"start_level\" : 80",
                        "\"role\" : \"library\"",
                        "\"type\" : \"required\"");
    }
}
