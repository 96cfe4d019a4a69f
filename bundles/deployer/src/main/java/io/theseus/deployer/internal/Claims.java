// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.FeatureRepository;
import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Content.Kar;
import io.theseus.deployer.internal.Content.ReleaseYaml;

/**
 * Which files are ours. Everything else goes the way it goes in any Karaf.
 *
 * <pre>
 *   YAML with a key release or bundles                      ours; nobody else takes YAML
 *   feature repository marked by a processing instruction   ours
 *   feature repository named as a known release             ours
 *   Karaf archive with a repository in it that is ours      ours
 *   jar with an appup                                       ours
 *   jar of an application of the release that runs          ours
 *   anything else                                           not ours
 * </pre>
 */
final class Claims {
    private Claims() {}

    static boolean ours(Content content, Known known) {
        if (content instanceof FeatureRepository repository) {
            return repository.marked() || known.named(repository.name());
        }
        if (content instanceof Kar kar) {
            return kar.repositories().values().stream().anyMatch(inner -> ours(inner, known));
        }
        if (content instanceof Jar jar) {
            return jar.appup() || known.application(jar.symbolicName()).isPresent();
        }
        return content instanceof ReleaseYaml;
    }
}
