// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;

/** A stock Karaf for Pax Exam, with the artifacts of this build within reach and no network. */
final class StockKaraf {
    private static final String MVN = "etc/org.ops4j.pax.url.mvn.cfg";

    private StockKaraf() {}

    static Option[] options() {
        Ports ports = Ports.free();
        List<String> repositories =
                new ArrayList<>(List.of("${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots"));
        Built.repositories().forEach(folder -> repositories.add(folder.toUri() + "@id=test" + repositories.size()));
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(Built.stockKaraf().toUri().toString())
                    .unpackDirectory(new File("target/exam"))
                    .useDeployFolder(false),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            editConfigurationFilePut(MVN, "org.ops4j.pax.url.mvn.defaultRepositories", String.join(",", repositories)),
            editConfigurationFilePut(MVN, "org.ops4j.pax.url.mvn.repositories", ""),
            editConfigurationFilePut(
                    MVN,
                    "org.ops4j.pax.url.mvn.localRepository",
                    System.getProperty("org.ops4j.pax.url.mvn.localRepository")),
            editConfigurationFilePut("etc/org.ops4j.pax.web.cfg", "org.osgi.service.http.port", "" + ports.http()),
            editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", "" + ports.ssh()),
            editConfigurationFilePut("etc/org.apache.karaf.management.cfg", "rmiRegistryPort", "" + ports.registry()),
            editConfigurationFilePut("etc/org.apache.karaf.management.cfg", "rmiServerPort", "" + ports.jmx()),
            systemProperty("theseus.features")
                    .value("mvn:io.theseus/theseus-features/" + Built.version() + "/xml/features"),
        };
    }
}
