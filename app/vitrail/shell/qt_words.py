"""The words of Qt's own dialogs, in the language of ours."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication


def translate_qt(application: QApplication, language: str) -> bool:
    """Let Qt speak a language, de or pt_BR; whether it knows it. Qt says it in English else."""
    translator = QTranslator(application)
    directory = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    known = translator.load(f"qtbase_{language.partition('.')[0]}", directory)
    return known and application.installTranslator(translator)
