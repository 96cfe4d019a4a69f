// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import io.theseus.release.FeatureRepositories;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import io.theseus.release.ReleaseId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "release",
        name = "upgrade-features",
        description = "Takes in what features of a repository have now: release:unpack and release:install in one")
public final class UpgradeFeaturesCommand extends InstallingCommand {
    @Argument(
            name = "repository and features",
            description =
                    "Name of a feature repository that Karaf knows, or a URL or path; then features of it, or none for all",
            required = true,
            multiValued = true)
    @Completion(RepositoryCompleter.class)
    List<String> words = List.of();

    @Reference(optional = true)
    @Nullable
    FeatureRepositories repositories;

    @Override
    void perform() throws CommandException {
        List<String> all = words(words, 1, 100);
        URI source = source(all.get(0));
        List<String> features = all.subList(1, all.size());
        install(unpack(source, features));
    }

    private ReleaseId unpack(URI source, List<String> features) throws CommandException {
        ReleaseId id = follow(progress -> changing().unpack(source, features))
                .release()
                .id();
        if (!json) {
            out.println("Unpacked " + id + ".");
        }
        return id;
    }

    private URI source(String text) {
        Map<String, String> known = repositories == null ? Map.of() : repositories.known();
        String url = known.get(text);
        if (url != null) {
            return URI.create(url);
        }
        try {
            return Sources.parse(text, session.currentDir());
        } catch (RefusedException e) {
            throw new RefusedException(Problem.of(
                            "no-such-repository",
                            text,
                            "Karaf knows no feature repository of this name, and there is no such file")
                    .withHint(known.isEmpty() ? "give its URL" : "it knows " + String.join(", ", known.keySet())));
        }
    }
}
