// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What OTP's test suites ask of the translation, by the numbers of docs/otp.md, which also has those without a meaning here. */
class OtpScenariosTest {
    static List<Fixture> scenarios() {
        return Fixture.all("otp.txt");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void plansAsTheFixtureShows(Fixture fixture) {
        assertThat(PlanFixtures.outcome(fixture)).isEqualTo(PlanFixtures.expected(fixture));
    }
}
