// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Content.Jar;
import io.theseus.deployer.internal.Deciding.Beside;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Files that hold applications. What is to be done with those of a round is done in one step.
 *
 * <p>Thread safety: used by one thread.
 */
final class Applications {
    private final Requests requests;
    private final Answered answered;
    private final Acting acting;
    private final Told told;
    private final Supplier<Policy> policy;

    Applications(Requests requests, Answered answered, Acting acting, Told told, Supplier<Policy> policy) {
        this.requests = requests;
        this.answered = answered;
        this.acting = acting;
        this.told = told;
        this.policy = policy;
    }

    /** @param items of jars; others are left out */
    void deal(List<Item> items) {
        List<Item> ordered = items.stream()
                .filter(item -> item.content() instanceof Jar)
                .sorted(Comparator.comparing((Item item) -> jar(item).symbolicName())
                        .thenComparing(item -> jar(item).version(), Comparator.reverseOrder()))
                .toList();
        List<Wanted> group = new ArrayList<>();
        for (Item item : ordered) {
            Folder.attempt(item, () -> decide(item, ordered, group)).ifPresent(answer -> tell(item, answer));
        }
        if (group.isEmpty()) {
            return;
        }
        Answer answer = Folder.attempt(group.get(0).item(), () -> Optional.of(acting.change(group, policy.get())))
                .orElseThrow();
        if (Together.splits(group, answer)) {
            // Decided anew: the release that runs is another one when a part of them is in.
            Together.parts(group, answer)
                    .forEach(part -> deal(part.stream().map(Wanted::item).toList()));
        } else {
            group.forEach(wanted -> tell(
                    wanted.item(), wanted.step() == Wanted.Step.ADD ? answer.adding(wanted.application()) : answer));
        }
    }

    /** The answer, unless it is one for which something has to be done. */
    private Optional<Answer> decide(Item item, List<Item> round, List<Wanted> group) {
        Jar jar = jar(item);
        List<Beside> beside = new ArrayList<>(told.beside(item.path(), jar));
        // Not told of yet, but so that it makes no difference which of them is looked at first.
        round.stream()
                .filter(other -> !other.path().equals(item.path()))
                .filter(other -> jar(other).symbolicName().equals(jar.symbolicName())
                        && jar(other).version().equals(jar.version()))
                .forEach(other -> beside.add(new Beside(other.name(), jar.version(), other.sha256(), false)));
        Decision decision = Deciding.of(jar, item.sha256(), requests.known(), beside, policy.get());
        if (decision instanceof Decision.Change change) {
            group.add(Wanted.of(item, jar, change.step()));
            return Optional.empty();
        }
        return Optional.of(Answer.of(decision));
    }

    /** A file of an application that a file had added holds it too. */
    private void tell(Item item, Answer answer) {
        String application = jar(item).symbolicName();
        told.tell(item, answered.holds(application) ? answer.adding(application) : answer);
    }

    private static Jar jar(Item item) {
        return (Jar) item.content();
    }
}
