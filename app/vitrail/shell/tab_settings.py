"""What the settings mean for a tab."""

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.console_kernel import ConsoleKernel
from vitrail.presenters.template_values import TemplateValues
from vitrail.settings.model import Settings
from vitrail.settings.store import SettingsStore


class TabSettings:
    """Applies the settings to a console, now and after each change, until it is closed."""

    def __init__(
        self,
        presenter: ConsolePresenter,
        kernel: ConsoleKernel,
        templates: TemplateValues,
        store: SettingsStore,
    ) -> None:
        self._presenter = presenter
        self._kernel = kernel
        self._templates = templates
        self.close = store.watch(lambda _, settings: self._apply(settings))
        self._apply(store.now)

    def _apply(self, settings: Settings) -> None:
        view = self._presenter.view
        self._presenter.show_others(settings.kernel.other_clients)
        self._kernel.revives = settings.kernel.restart_when_dead
        self._kernel.tells_earlier = settings.kernel.earlier_cells
        view.completer.as_you_type = settings.completion.as_you_type
        view.input.typing.closes = settings.input.close_pairs
        view.folding.set_limit(settings.output.fold_rows)
        view.completer.commit_characters = settings.completion.commit_characters
        view.call_tips.automatic = settings.completion.call_tips
        prompt = settings.prompt
        self._templates.use(prompt.input, prompt.output, settings.status.template)
        history = self._presenter.history
        history.keeps, history.skips_spaced = settings.history.keep, settings.history.skip_spaced
        history.set_limit(settings.history.limit)
