"""Guards of ledgers: whose work the actor may write."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here
from bot.turn.rooms.work import gives_work
from dialogs.core.commands.ledgers import ImportWork, KeepCatalogue, KeepWork
from rules.campaign.permissions import Action, Relation, may, relations_to_office


async def _ledger(on: CommandContext, command: KeepWork, action: Action) -> bool:
    """The lines must be the actor's own; or of people whose work the actor assigns, also as a stand-in; or taken over
    from one of these.
    """
    if not await are_here(on, [command.person]):
        return False
    if command.person == on.actor.id:
        return may({Relation.SELF}, Action.WRITE_LEDGER)
    office = await on.tx.units.office_of(on.actor.id)
    giver = await gives_work(on.tx, office, await on.tx.people.get(command.person))
    acting = {on.actor.id: Relation.UNIT_HEAD}
    for absent in await on.tx.covers.acts_for(on.actor.id, on.now.date()):
        acting.setdefault(absent, Relation.STAND_IN)
    return giver in acting and may({acting[giver]}, action)


async def _of_office(on: CommandContext, _: KeepCatalogue | ImportWork, action: Action) -> bool:
    return may(relations_to_office(on.actor, on.actor.office), action)


GUARDS: Mapping[type, Guard] = {
    KeepWork: (Action.ASSIGN_WORK, _ledger),
    KeepCatalogue: (Action.KEEP_CATALOGUE, _of_office),
    ImportWork: (Action.IMPORT_WORK, _of_office),
}
